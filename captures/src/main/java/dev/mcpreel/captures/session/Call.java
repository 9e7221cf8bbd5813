package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.List;

/**
 * A tools/call and its answer, all its legs joined. A plain call has one leg. One with {@code input_required} has a leg for
 * each time it was sent, with new ids. A task has the call that created it and what asked for it later; of a task polled
 * very often the legs in the middle are left out.
 *
 * @param legs in order of start, at least one; the first is a tools/call
 * @param polls requests that asked for the task, legs left out included
 * @param doneNanos when the answer that counts was complete, or it was known that none would come
 * @param answeringNanos what the agent itself took meanwhile, answering the server's requests or giving what a leg asked for
 * @param code the JSON-RPC error code for {@link Outcome#RPC_ERROR}, otherwise the HTTP status, 0 when none came
 */
public record Call(
        CallKind kind,
        List<RequestTrace> legs,
        int polls,
        long doneNanos,
        long answeringNanos,
        Outcome outcome,
        int code) {
    public Call {
        legs = List.copyOf(legs);
    }

    static Call plain(RequestTrace request) {
        return new Call(
                CallKind.PLAIN,
                List.of(request),
                0,
                request.doneNanos(),
                request.answeringNanos(),
                request.outcome(),
                request.code());
    }

    /** The request that began it. */
    public RequestTrace first() {
        return legs.get(0);
    }

    /** The request whose answer counts. */
    public RequestTrace last() {
        return legs.get(legs.size() - 1);
    }

    public String sessionId() {
        return first().sessionId();
    }

    /** The tool called; empty for a call that names none. */
    public String tool() {
        String tool = first().tool();
        return tool == null ? "" : tool;
    }

    public long startNanos() {
        return first().startNanos();
    }

    /** From the first byte of the first leg to the answer that counts. */
    public long durationNanos() {
        return doneNanos - startNanos();
    }

    /** {@link #durationNanos()} less what the agent itself took: the server's time. */
    public long serviceNanos() {
        return doneNanos - startNanos() - answeringNanos;
    }
}
