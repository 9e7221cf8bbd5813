package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing a recorded agent sent, with its times on the recorder's clock.
 *
 * @param exchangeId the exchange that carried it
 * @param doneNanos when the agent had the answer or gave up on it, later than the start if by a nanosecond, so that the
 *     order of times is the order of dependence; {@link #NEVER} when the recording does not know
 * @param endNanos the same, or the end of the recording of it
 * @param result the result of its answer, null when there is none
 */
record Sent(
        StepKind kind,
        String method,
        @Nullable String tool,
        @Nullable JsonNode message,
        long exchangeId,
        long startNanos,
        long doneNanos,
        long endNanos,
        long answeringNanos,
        @Nullable JsonNode result) {
    static final long NEVER = Long.MAX_VALUE;

    /** What people know it by: the tool of a call, else the method. */
    String name() {
        return tool == null ? method : tool;
    }

    long serviceNanos() {
        return Math.max(0, endNanos - startNanos - answeringNanos);
    }
}
