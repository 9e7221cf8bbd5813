package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.MessageEra;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC request of the agent with what became of it. A call is one whose method is {@code tools/call}. Times are
 * the recorder's monotonic nanoseconds, 0 when the moment never came.
 *
 * @param sessionId the agent session it belongs to
 * @param transportId the transport session it went through
 * @param exchangeId the exchange that carried the request
 * @param place where it stood among the requests of a batch, from 0
 * @param era the era and the revision it was sent under, as the message says, else as its session settled
 * @param times when what happened
 * @param code the JSON-RPC error code for {@link Outcome#RPC_ERROR}, otherwise the HTTP status, 0 when none came
 * @param answer null when none came or it could not be read
 * @param answeredOn the exchange that brought the answer: another than {@code exchangeId} on a stream of its own
 *     (2024-11-05), after polling, or after a resumption
 * @param instance the server process that got the request; empty when none did
 */
public record RequestTrace(
        String sessionId,
        String transportId,
        long exchangeId,
        int place,
        MessageEra era,
        JsonRpcMessage.Request request,
        RequestTimes times,
        Outcome outcome,
        int code,
        JsonRpcMessage.@Nullable Response answer,
        long answeredOn,
        String instance,
        long requestBytes,
        long responseBytes) {
    /** The protocol revision it was sent under; empty when unknown. */
    public String revision() {
        return era.revision();
    }

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

    /**
     * Whether it only asked for the modern era and the server declined (revision 2026-07-28, basic/versioning): the first half
     * of a negotiation, and no failure.
     */
    public boolean isDeclinedProbe() {
        return method().equals("server/discover")
                && (outcome == Outcome.RPC_ERROR || (outcome == Outcome.HTTP_ERROR && code >= 400 && code < 500));
    }

    /** First byte of the request. */
    public long startNanos() {
        return times.startNanos();
    }

    /** Last byte of the request. */
    public long requestEndNanos() {
        return times.requestEndNanos();
    }

    /** Response head. */
    public long headNanos() {
        return times.headNanos();
    }

    /** First event or body byte of the response. */
    public long firstEventNanos() {
        return times.firstEventNanos();
    }

    /** When the answer was complete; for a request never answered, when that was known. */
    public long doneNanos() {
        return times.doneNanos();
    }

    /** When each progress notification for it was complete; the first of them when there are very many. */
    public List<Long> progressNanos() {
        return times.progressNanos();
    }

    /** What the agent itself took to answer the server's own requests meanwhile. */
    public long answeringNanos() {
        return times.answeringNanos();
    }

    /** From the first byte of the request to the complete answer. */
    public long durationNanos() {
        return doneNanos() - startNanos();
    }

    /** {@link #durationNanos()} less what the agent itself took answering. */
    public long serviceNanos() {
        return doneNanos() - startNanos() - answeringNanos();
    }
}
