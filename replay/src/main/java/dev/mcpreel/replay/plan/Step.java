package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.replay.bind.Binding;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing a recorded agent sent, and what it had waited for.
 *
 * @param index its position among the script's steps, from 0
 * @param method the JSON-RPC method; empty for a stream and a delete
 * @param tool the tool called, null unless the method is tools/call
 * @param message the recorded JSON-RPC message, null for a stream and a delete
 * @param session which of the agent's own transport sessions it goes through, from 0
 * @param after the steps whose answers it followed, less those that follow from the others; ascending
 * @param thinkNanos from the last of those answers to its first byte; for a step that followed none, from the start of
 *     the session. As recorded, not divided by speed
 * @param serviceNanos from its first byte to the complete answer, less {@code answeringNanos}; for a request the agent
 *     gave up on, to that moment; for a stream, how long it was held
 * @param answeringNanos what the agent itself took meanwhile to answer the server's requests
 * @param bindings the values it has from earlier answers
 * @param issues whether a later step that is played takes a value from its answer
 * @param skip why it is left out, null when it is played
 */
public record Step(
        int index,
        StepKind kind,
        String method,
        @Nullable String tool,
        @Nullable JsonNode message,
        int session,
        List<Integer> after,
        long thinkNanos,
        long serviceNanos,
        long answeringNanos,
        List<Binding> bindings,
        boolean issues,
        @Nullable SkipReason skip) {
    public Step {
        after = List.copyOf(after);
        bindings = List.copyOf(bindings);
    }

    /** The same step with live values in its message. */
    Step with(JsonNode live, List<Binding> moved) {
        return new Step(
                index,
                kind,
                method,
                tool,
                live,
                session,
                after,
                thinkNanos,
                serviceNanos,
                answeringNanos,
                moved,
                issues,
                skip);
    }

    public boolean played() {
        return skip == null;
    }

    /** Whether it is a tools/call. */
    public boolean isCall() {
        return method.equals("tools/call");
    }

    /** What people know it by: the tool of a call, the method of another message, the HTTP verb of the rest. */
    public String name() {
        if (tool != null) {
            return tool;
        }
        return switch (kind) {
            case REQUEST, NOTIFICATION -> method;
            case STREAM -> "GET";
            case DELETE -> "DELETE";
        };
    }
}
