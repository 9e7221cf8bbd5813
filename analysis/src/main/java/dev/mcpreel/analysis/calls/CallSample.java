package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import org.jspecify.annotations.Nullable;

/**
 * One JSON-RPC request of an agent, whichever role the capture has. Times are monotonic nanoseconds, 0 when the moment
 * never came.
 *
 * @param tool null unless the method is tools/call and names one
 * @param sentNanos first byte of the request in a recording, handing over to the transport in a replay
 * @param doneNanos when the answer was complete, or when it was known that none would come
 * @param ownNanos what the agent itself took answering the server meanwhile
 */
record CallSample(
        String method,
        @Nullable String tool,
        Outcome outcome,
        int code,
        long sentNanos,
        long firstEventNanos,
        long doneNanos,
        long ownNanos) {
    static CallSample of(RequestTrace request) {
        return new CallSample(
                request.method(),
                request.tool(),
                request.outcome(),
                request.code(),
                request.startNanos(),
                request.firstEventNanos(),
                request.doneNanos(),
                request.answeringNanos());
    }

    static CallSample of(Call call) {
        return new CallSample(
                call.first().method(),
                call.first().tool(),
                call.outcome(),
                call.code(),
                call.startNanos(),
                call.first().firstEventNanos(),
                call.doneNanos(),
                call.answeringNanos());
    }

    static CallSample of(StepRecord step, StepNames names) {
        return new CallSample(
                names.of(step.method()),
                step.tool() == 0 ? null : names.of(step.tool()),
                step.outcome(),
                step.code(),
                step.sentNanos(),
                step.firstEventNanos(),
                step.doneNanos(),
                step.ownNanos());
    }

    boolean isCall() {
        return method.equals("tools/call");
    }

    boolean isInitialize() {
        return method.equals("initialize");
    }

    /** Whether the server was asked, or the attempt to ask it failed: steps left unsent are not. */
    boolean wasMade() {
        return sentNanos != 0 || outcome.isError();
    }

    /**
     * Whether it ended with an answer or failed at a definite time, so that it has a duration: also a deadline, which
     * counts with the time after which the agent gave up, lest a server that never answers look fast. Not so what the
     * agent cancelled, what was in flight when the capture ended, and what was never sent.
     */
    boolean hasDuration() {
        return sentNanos != 0
                && doneNanos != 0
                && switch (outcome) {
                    case OK,
                            TOOL_ERROR,
                            RPC_ERROR,
                            HTTP_ERROR,
                            SESSION_LOST,
                            GATEWAY_TIMEOUT,
                            DEADLINE,
                            STREAM_CUT,
                            CONNECT_FAILED,
                            RESET,
                            INVALID,
                            MISMATCH,
                            LEAKED -> true;
                    case CANCELLED, INTERRUPTED, SKIPPED -> false;
                };
    }

    /** Only when {@link #hasDuration()}. */
    long serviceNanos() {
        return doneNanos - sentNanos - ownNanos;
    }
}
