package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;

/** One agent's play of one recorded session, gathered from its steps in whatever order they ended. */
final class Play {
    private long startNanos = Long.MAX_VALUE;
    private long endNanos = Long.MIN_VALUE;
    private long calls;
    private boolean lost;
    private boolean interrupted;
    private long lastDueNanos = Long.MIN_VALUE;
    private long lagNanos;

    void add(StepRecord step, CallSample sample) {
        if (step.stepKind() == StepKind.REQUEST) {
            lost |= sample.outcome() == Outcome.SESSION_LOST;
            interrupted |= sample.outcome() == Outcome.INTERRUPTED;
            if (sample.isCall() && sample.wasMade()) {
                calls++;
            }
        }
        if (step.sentNanos() == 0) {
            return;
        }
        startNanos = Math.min(startNanos, step.sentNanos());
        endNanos = Math.max(endNanos, Math.max(step.sentNanos(), Math.max(step.doneNanos(), step.atNanos())));
        if (step.dueNanos() != 0 && step.dueNanos() >= lastDueNanos) {
            lastDueNanos = step.dueNanos();
            lagNanos = step.lagNanos();
        }
    }

    /** Whether anything was sent; a play of nothing but skipped steps never was a session. */
    boolean begun() {
        return endNanos != Long.MIN_VALUE;
    }

    boolean hasLag() {
        return lastDueNanos != Long.MIN_VALUE;
    }

    /** Session lag of the step that was due last; only when {@link #hasLag()}. */
    long lagNanos() {
        return lagNanos;
    }

    SessionTally.Ended ended() {
        return new SessionTally.Ended(StepTally.AGENT_KEY, startNanos, endNanos, calls, lost, interrupted);
    }
}
