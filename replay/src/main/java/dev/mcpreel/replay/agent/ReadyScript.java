package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.replay.plan.Script;
import java.util.List;

/**
 * A script with everything that is the same for each agent that plays it. Immutable.
 *
 * @param steps by index
 */
record ReadyScript(Script script, List<ReadyStep> steps) {
    ReadyScript {
        steps = List.copyOf(steps);
    }

    static ReadyScript of(Script script, RunTap names) {
        List<ReadyStep> steps =
                script.steps().stream().map(step -> ReadyStep.of(step, names)).toList();
        return new ReadyScript(script, steps);
    }

    /** The revision to speak when no initialize will settle on one; empty when one will. */
    String revisionWithoutHandshake() {
        return script.hasHandshake() ? "" : script.revision();
    }

    int size() {
        return steps.size();
    }
}
