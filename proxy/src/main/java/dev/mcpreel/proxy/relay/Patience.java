package dev.mcpreel.proxy.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a client has kept a request unfinished. A head has to come whole within the time, counted from its first byte,
 * or from the opening of the connection for the first one; within a body the client may pause as long. Nobody who owes
 * nothing is hurried: an idle connection and a silent call last as long as the two ends like. Confined to the pair's loop;
 * times are monotonic nanoseconds.
 */
final class Patience {
    /** What is to be done with the client. */
    enum Verdict {
        WAIT,
        /** It has never said anything. */
        HANG_UP,
        HEAD_OVERDUE,
        BODY_OVERDUE
    }

    private final long timeoutNanos;
    private final long openedNanos;
    private boolean silent = true;
    private boolean withinHead;
    private boolean reading;
    private long headSinceNanos;
    private long pauseSinceNanos;

    /** @param timeout zero for no end of patience */
    Patience(Duration timeout, long openedNanos) {
        this.timeoutNanos = timeout.toNanos();
        this.openedNanos = openedNanos;
        this.headSinceNanos = openedNanos;
    }

    /**
     * Something came.
     *
     * @param nowWithinHead whether it ends within a head
     */
    void heard(boolean nowWithinHead, long atNanos) {
        silent = false;
        if (nowWithinHead && !withinHead) {
            headSinceNanos = atNanos;
        }
        withinHead = nowWithinHead;
        pauseSinceNanos = atNanos;
    }

    /** Whether the client is being read; while it is not, nothing is its fault. */
    void reading(boolean now, BurstClock clock) {
        if (now && !reading) {
            pauseSinceNanos = clock.nanos();
        }
        reading = now;
    }

    /** When the unfinished head began. */
    long headSinceNanos() {
        return headSinceNanos;
    }

    Verdict check(PairState state, @Nullable Exchange exchange, long nowNanos) {
        if (timeoutNanos == 0) {
            return Verdict.WAIT;
        }
        return switch (state) {
            case IDLE -> {
                if (silent) {
                    yield nowNanos - openedNanos >= timeoutNanos ? Verdict.HANG_UP : Verdict.WAIT;
                }
                yield withinHead && nowNanos - headSinceNanos >= timeoutNanos ? Verdict.HEAD_OVERDUE : Verdict.WAIT;
            }
            case RELAYING -> {
                boolean owes = exchange != null && !exchange.isRequestWhole() && !exchange.awaitsContinue();
                yield owes && reading && nowNanos - pauseSinceNanos >= timeoutNanos
                        ? Verdict.BODY_OVERDUE
                        : Verdict.WAIT;
            }
            case CONNECTING, LEAVING, CLOSED -> Verdict.WAIT;
        };
    }
}
