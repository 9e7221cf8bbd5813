package dev.mcpreel.analysis.selection;

import dev.mcpreel.captures.session.AgentSession;
import java.util.Comparator;
import java.util.Locale;

/** What agent sessions are listed by: the earliest first, or the most first. */
public enum SessionSort {
    START,
    LENGTH,
    CALLS,
    ERRORS,
    THINK,
    IDLE;

    private long amount(AgentSession session) {
        return switch (this) {
            case START -> -session.startNanos();
            case LENGTH -> session.endNanos() - session.startNanos();
            case CALLS -> session.shape().calls();
            case ERRORS -> session.shape().errors();
            case THINK -> session.shape().thinkNanos();
            case IDLE -> session.shape().longestIdleGapNanos();
        };
    }

    /** Sessions that are equal stand in the order of their starts. */
    Comparator<AgentSession> order(boolean reverse) {
        Comparator<AgentSession> least = Comparator.comparingLong(this::amount);
        return (reverse ? least : least.reversed())
                .thenComparingLong(AgentSession::startNanos)
                .thenComparing(AgentSession::id);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
