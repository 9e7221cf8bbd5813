package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing a recorded agent sent, with its times on the recorder's clock.
 *
 * @param transport the recorded id of the transport session it went through; empty where there is none
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
        String transport,
        long exchangeId,
        long startNanos,
        long doneNanos,
        long endNanos,
        long answeringNanos,
        @Nullable JsonNode result) {
    static final long NEVER = Long.MAX_VALUE;

    /** The same, begun at another time. */
    Sent at(long nanos) {
        long done = nanos + tookNanos();
        return new Sent(kind, method, tool, message, transport, exchangeId, nanos, done, done, answeringNanos, result);
    }

    /** From its first byte to its end. */
    long tookNanos() {
        return Math.max(1, endNanos - startNanos);
    }

    /** What people know it by: the tool of a call, else the method. */
    String name() {
        return tool == null ? method : tool;
    }

    long serviceNanos() {
        return Math.max(0, endNanos - startNanos - answeringNanos);
    }
}
