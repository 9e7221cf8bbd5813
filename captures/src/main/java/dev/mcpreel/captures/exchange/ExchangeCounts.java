package dev.mcpreel.captures.exchange;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What had become of all exchanges seen so far, so that a capture without an end can be accounted for. While it is open,
 * {@code seen = recorded + filtered + lost + open}.
 *
 * @param recorded exchanges that stand in the log before this with every event
 * @param filtered exchanges left out on purpose, by the name of the filter; no zeros
 * @param lost exchanges that lost at least one event, by reason; no zeros
 * @param lostSteps step records that could not be written
 */
public record ExchangeCounts(
        long atNanos,
        long seen,
        long recorded,
        SortedMap<String, Long> filtered,
        Map<LossReason, Long> lost,
        long lostSteps)
        implements CaptureEvent {
    public ExchangeCounts {
        SortedMap<String, Long> byName = new TreeMap<>(filtered);
        byName.values().removeIf(exchanges -> exchanges == 0);
        filtered = Collections.unmodifiableSortedMap(byName);
        Map<LossReason, Long> byReason = new EnumMap<>(LossReason.class);
        byReason.putAll(lost);
        byReason.values().removeIf(exchanges -> exchanges == 0);
        lost = Collections.unmodifiableMap(byReason);
    }

    /** Exchanges under way: seen, and nothing else yet. */
    public long open() {
        return seen - recorded - sum(filtered) - sum(lost);
    }

    /** Whether the other says the same, whenever. */
    public boolean saysAs(@Nullable ExchangeCounts other) {
        return other != null
                && seen == other.seen
                && recorded == other.recorded
                && filtered.equals(other.filtered)
                && lost.equals(other.lost)
                && lostSteps == other.lostSteps;
    }

    private static long sum(Map<?, Long> exchanges) {
        return exchanges.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public EventKind kind() {
        return EventKind.COUNTS;
    }
}
