package dev.mcpreel.analysis.calls;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Agent sessions. In a recording they are what the session model inferred; in a replay each agent's play of a recorded
 * session is one, known for certain from its steps.
 */
public final class SessionTally {
    private final SortedMap<String, Long> byKey = new TreeMap<>();
    private final Distribution calls = Distribution.dense();
    private final Distribution duration = Distribution.dense();
    private final Overlap overlap = new Overlap();
    private long count;
    private long lost;

    SessionTally() {}

    void add(Ended session) {
        count++;
        byKey.merge(session.key(), 1L, Long::sum);
        calls.record(session.calls());
        overlap.add(session.startNanos(), session.endNanos());
        if (session.lost()) {
            lost++;
        }
        if (!session.interrupted()) {
            duration.record(session.endNanos() - session.startNanos());
        }
    }

    public long count() {
        return count;
    }

    /** Sessions by what held them together: the labels of the key kinds, or {@code agent} in a replay. */
    public SortedMap<String, Long> byKey() {
        return Collections.unmodifiableSortedMap(byKey);
    }

    /** Tool calls made in each session; no durations. */
    public Distribution calls() {
        return calls;
    }

    /** Nanoseconds from a session's start to its end, of those that the end of a replay did not interrupt. */
    public Distribution duration() {
        return duration;
    }

    /** Sessions in which the server, at least once, no longer knew the session. */
    public long lost() {
        return lost;
    }

    /** How many sessions lay over one another. */
    public Concurrency concurrency() {
        return overlap.measure();
    }

    /**
     * A session that is over.
     *
     * @param calls tool calls made
     * @param lost whether the server no longer knew it at least once
     * @param interrupted whether the end of the run cut it short
     */
    record Ended(String key, long startNanos, long endNanos, long calls, boolean lost, boolean interrupted) {}
}
