package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.GapTally;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Counts;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is missing from a capture and so from its numbers. Of the manifest and of the log's own gap records the larger
 * count is taken: a capture without an end has a stale manifest, and a gap record counts only what it knows.
 *
 * @param exchanges exchanges that lost something
 * @param byReason the same by the label of the reason, for example {@code lane_full}
 * @param events events lost, as far as gap records know
 * @param bytes body bytes lost, likewise
 * @param steps step records that could not be written
 * @param filtered exchanges left out on purpose, by the name of the filter
 */
public record Losses(
        long exchanges,
        SortedMap<String, Long> byReason,
        long events,
        long bytes,
        long steps,
        SortedMap<String, Long> filtered) {
    public Losses {
        byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
        filtered = Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
    }

    static Losses of(Counts counts, GapTally gaps) {
        SortedMap<String, Long> byReason = new TreeMap<>();
        for (LossReason reason : LossReason.values()) {
            long exchanges = Math.max(
                    counts.lost().getOrDefault(reason, 0L), gaps.exchanges().getOrDefault(reason, 0L));
            if (exchanges > 0) {
                byReason.put(reason.name().toLowerCase(Locale.ROOT), exchanges);
            }
        }
        return new Losses(
                byReason.values().stream().mapToLong(Long::longValue).sum(),
                byReason,
                gaps.events(),
                gaps.bytes(),
                counts.lostSteps(),
                new TreeMap<>(counts.filtered()));
    }

    /** Whether anything is missing that nobody meant to leave out. */
    public boolean any() {
        return exchanges > 0 || events > 0 || bytes > 0 || steps > 0;
    }
}
