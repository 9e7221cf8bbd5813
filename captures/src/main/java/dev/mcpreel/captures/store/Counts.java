package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;

/**
 * What was seen and what became of it, in exchanges: {@code seen = recorded + filtered + lost}.
 *
 * @param recorded exchanges with every event in the log
 * @param filtered exchanges left out on purpose, by the name of the filter
 * @param lost exchanges that lost at least one event, by reason
 * @param records log records of every kind
 * @param bytes bytes of those records
 * @param steps step records
 * @param lostSteps step records that could not be written
 */
public record Counts(
        long seen,
        long recorded,
        Map<String, Long> filtered,
        Map<LossReason, Long> lost,
        long records,
        long bytes,
        long steps,
        long lostSteps) {
    public static final Counts NONE = new Counts(0, 0, Map.of(), Map.of(), 0, 0, 0, 0);

    public Counts {
        filtered = Map.copyOf(filtered);
        lost = Map.copyOf(lost);
    }

    public long filteredExchanges() {
        return sum(filtered);
    }

    public long lostExchanges() {
        return sum(lost);
    }

    private static long sum(Map<?, Long> exchanges) {
        return exchanges.values().stream().mapToLong(Long::longValue).sum();
    }
}
