package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;

/** Plans made of scripted recordings, through the real session model. */
final class Recorded {
    static final long MS = 1_000_000;

    private Recorded() {}

    static Plan plan(CaptureScript capture, PlanOptions options) {
        return Planner.plan(CollectedSessions.of(capture).sessions(), options);
    }

    static Plan playAll(CaptureScript capture) {
        return plan(capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL));
    }

    /** The steps of the only session, all tools played. */
    static List<Step> steps(CaptureScript capture) {
        return playAll(capture).scripts().get(0).steps();
    }

    static Step step(List<Step> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name + " in " + steps));
    }

    /** The names of the steps it followed. */
    static List<String> after(List<Step> steps, String name) {
        return step(steps, name).after().stream()
                .map(before -> steps.get(before).name())
                .toList();
    }

    /** The worked example: A 100 ms from 0; B and C 400 ms after A; D 200 ms after C. */
    static CaptureScript workedExample() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann").withoutSessionId();
        agent.call("A").json(100);
        agent.think(400).call("B").background().json(100);
        agent.call("C").json(1000);
        agent.think(200).call("D").json(100);
        return capture;
    }
}
