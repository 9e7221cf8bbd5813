package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.replay.plan.Script;
import dev.mcpreel.replay.plan.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A script with everything that is the same for each agent that plays it. Immutable.
 *
 * @param steps by index
 * @param requests steps by the recorded JSON-RPC id of their request, in JSON
 */
record ReadyScript(Script script, List<ReadyStep> steps, Map<String, Integer> requests) {
    ReadyScript {
        steps = List.copyOf(steps);
        requests = Map.copyOf(requests);
    }

    static ReadyScript of(Script script, RunTap names) {
        Map<String, Integer> requests = new HashMap<>();
        for (Step step : script.steps()) {
            JsonNode message = step.message();
            if (step.kind() == StepKind.REQUEST && message != null) {
                requests.put(message.path("id").toString(), step.index());
            }
        }
        List<ReadyStep> steps =
                script.steps().stream().map(step -> ReadyStep.of(step, names)).toList();
        return new ReadyScript(script, steps, requests);
    }

    /** The revision to speak when no initialize will settle on one; empty when one will. */
    String revisionWithoutHandshake() {
        return script.hasHandshake() ? "" : script.revision();
    }

    int size() {
        return steps.size();
    }
}
