package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC request of the agent with what became of it. A call is one whose method is {@code tools/call}. Times are
 * the recorder's monotonic nanoseconds, 0 when the moment never came.
 *
 * @param sessionId the agent session it belongs to
 * @param exchangeId the exchange that carried the request
 * @param startNanos first byte of the request
 * @param requestEndNanos last byte of the request
 * @param headNanos response head
 * @param firstEventNanos first event or body byte of the response
 * @param doneNanos when the answer was complete: the blank line that ended its event, or the end of the JSON body; for
 *     a request never answered, when that was known
 * @param answeringNanos what the agent itself took to answer the server's own requests meanwhile
 * @param code the JSON-RPC error code for {@link Outcome#RPC_ERROR}, otherwise the HTTP status, 0 when none came
 * @param answer null when none came or it could not be read
 */
public record RequestTrace(
        String sessionId,
        long exchangeId,
        JsonRpcMessage.Request request,
        long startNanos,
        long requestEndNanos,
        long headNanos,
        long firstEventNanos,
        long doneNanos,
        long answeringNanos,
        Outcome outcome,
        int code,
        JsonRpcMessage.@Nullable Response answer,
        String instance,
        long requestBytes,
        long responseBytes) {
    public String method() {
        return request.method();
    }

    /** The tool called, or null when this is no tools/call. */
    public @Nullable String tool() {
        return request.tool();
    }

    public boolean isCall() {
        return request.method().equals("tools/call");
    }

    /** From the first byte of the request to the complete answer. */
    public long durationNanos() {
        return doneNanos - startNanos;
    }

    /** {@link #durationNanos()} less what the agent itself took answering. */
    public long serviceNanos() {
        return doneNanos - startNanos - answeringNanos;
    }
}
