package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.GapTally;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is missing from a capture and so from its numbers. Of the manifest, of the counts in the log and of its gap records the
 * largest is taken: a capture without an end has a stale manifest, and a gap record counts only what it knows.
 *
 * @param exchanges exchanges that lost something
 * @param byReason the same by the label of the reason, for example {@code lane_full}
 * @param events events lost, as far as gap records know
 * @param bytes body bytes lost, likewise
 * @param steps step records that could not be written
 * @param missingRecords log records that once were written and are not there: by the sequence numbers of those that are,
 *     or, where a capture with an end says so, by the number it says were written; without those retention removed
 * @param damagedRegions stretches of the log that could not be read
 * @param unknownRecords log records of a kind this version does not know
 * @param filtered exchanges left out on purpose, by the name of the filter
 */
public record Losses(
        long exchanges,
        SortedMap<String, Long> byReason,
        long events,
        long bytes,
        long steps,
        long missingRecords,
        long damagedRegions,
        long unknownRecords,
        SortedMap<String, Long> filtered) {
    public Losses {
        byReason = Collections.unmodifiableSortedMap(new TreeMap<>(byReason));
        filtered = Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
    }

    static Losses of(Manifest manifest, GapTally gaps, ReadSummary read) {
        Counts counts = manifest.counts();
        SortedMap<String, Long> byReason = new TreeMap<>();
        // Those in a salvaged log are of the log it was made of, and its manifest has taken them in.
        ExchangeCounts told = manifest.salvaged() == null ? read.exchanges().counts() : null;
        Map<LossReason, Long> toldLost = told == null ? Map.of() : told.lost();
        for (LossReason reason : LossReason.values()) {
            long exchanges = Math.max(
                    Math.max(counts.lost().getOrDefault(reason, 0L), toldLost.getOrDefault(reason, 0L)),
                    gaps.exchanges().getOrDefault(reason, 0L));
            if (exchanges > 0) {
                byReason.put(reason.name().toLowerCase(Locale.ROOT), exchanges);
            }
        }
        return new Losses(
                byReason.values().stream().mapToLong(Long::longValue).sum(),
                byReason,
                gaps.events(),
                gaps.bytes(),
                Math.max(counts.lostSteps(), told == null ? 0 : told.lostSteps()),
                read.missing(manifest),
                read.damaged().size(),
                read.unknownRecords(),
                counts.filtered().isEmpty() && told != null ? told.filtered() : new TreeMap<>(counts.filtered()));
    }
}
