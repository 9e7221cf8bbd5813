package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.Distribution;
import dev.mcpreel.analysis.calls.SessionTally;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The agent sessions of a capture.
 *
 * @param byKey sessions by what held them together
 * @param calls tool calls made in each; null without sessions
 * @param lost sessions in which the server, at least once, no longer knew the session
 */
public record SessionNumbers(
        long count, SortedMap<String, Long> byKey, @Nullable CallsPerSession calls, long lost) {
    public SessionNumbers {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    static SessionNumbers of(SessionTally tally) {
        Distribution calls = tally.calls();
        return new SessionNumbers(
                tally.count(),
                tally.byKey(),
                calls.isEmpty() ? null : new CallsPerSession(calls.mean(), calls.atPercentile(50), calls.max()),
                tally.lost());
    }

    /** How the tool calls were spread over sessions. */
    public record CallsPerSession(double avg, double med, long max) {}
}
