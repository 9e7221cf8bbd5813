package dev.mcpreel.analysis.selection;

import dev.mcpreel.captures.session.AgentSession;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What agent sessions are listed by: the earliest first, or the most first. */
public enum SessionSort {
    START(session -> -session.startNanos()),
    LENGTH(session -> session.endNanos() - session.startNanos()),
    CALLS(session -> session.shape().calls()),
    ERRORS(session -> session.shape().errors()),
    THINK(session -> session.shape().thinkNanos()),
    IDLE(session -> session.shape().longestIdleGapNanos());

    private final ToLongFunction<AgentSession> amount;

    SessionSort(ToLongFunction<AgentSession> amount) {
        this.amount = amount;
    }

    /** Sessions that are equal stand in the order of their starts. */
    Comparator<AgentSession> order(boolean reverse) {
        Comparator<AgentSession> least = Comparator.comparingLong(amount);
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
