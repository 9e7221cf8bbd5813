package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of every exchange a capture saw: {@code seen = recorded + filtered + lost + open}.
 *
 * @param source where the numbers come from
 * @param asOfNanos the wall time they are of, in nanoseconds since the epoch; 0 for the end of the capture
 * @param filtered exchanges left out on purpose, by the name of the filter
 * @param lost exchanges that lost at least one event, by reason
 * @param open exchanges that were under way then; none once a capture has ended
 * @param lostSteps step records that could not be written
 * @param recordedSince exchanges that stand in the log whole after that time
 * @param lostSince exchanges that the log says were lost after that time, at least
 */
public record Accounting(
        Source source,
        long asOfNanos,
        long seen,
        long recorded,
        SortedMap<String, Long> filtered,
        Map<LossReason, Long> lost,
        long open,
        long lostSteps,
        long recordedSince,
        long lostSince) {
    /** Where the numbers come from. */
    public enum Source {
        /** The manifest of a capture that ended: they are exact. */
        MANIFEST,
        /** The last counts that the recorder of a capture without an end wrote into its log. */
        COUNTS,
        /** What stands in the log: nobody knows what was filtered, and losses may be more. */
        LOG
    }

    public Accounting {
        filtered = Collections.unmodifiableSortedMap(new TreeMap<>(filtered));
        Map<LossReason, Long> byReason = new EnumMap<>(LossReason.class);
        byReason.putAll(lost);
        byReason.values().removeIf(exchanges -> exchanges == 0);
        lost = Collections.unmodifiableMap(byReason);
    }

    /** Of a manifest, or of the log alone where the manifest is null because it cannot be read. */
    public static Accounting of(@Nullable Manifest manifest, LoggedExchanges logged) {
        if (manifest != null && manifest.ending() != Ending.OPEN) {
            Counts counts = manifest.counts();
            return new Accounting(
                    Source.MANIFEST,
                    0,
                    counts.seen(),
                    counts.recorded(),
                    new TreeMap<>(counts.filtered()),
                    counts.lost(),
                    0,
                    counts.lostSteps(),
                    0,
                    0);
        }
        ExchangeCounts counts = logged.counts();
        return counts == null ? ofLog(manifest, logged) : ofCounts(manifest, counts, logged);
    }

    private static Accounting ofCounts(@Nullable Manifest manifest, ExchangeCounts counts, LoggedExchanges logged) {
        ClockAnchor anchor = manifest == null ? logged.anchor() : manifest.anchor();
        return new Accounting(
                Source.COUNTS,
                anchor.wallOf(counts.atNanos()),
                counts.seen(),
                counts.recorded(),
                counts.filtered(),
                counts.lost(),
                counts.open(),
                counts.lostSteps(),
                logged.whole() - logged.wholeAtCounts(),
                logged.lostSinceCounts());
    }

    /** The least that may have been: a gap does not count what lost an event behind its first, but the end of that does. */
    private static Accounting ofLog(@Nullable Manifest manifest, LoggedExchanges logged) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        logged.gaps().forEach((reason, gap) -> lost.put(reason, gap.exchanges()));
        long unexplained = logged.inPart() - sum(lost);
        logged.gaps().values().stream()
                .max(Comparator.comparingLong(GapTotal::events))
                .filter(gap -> unexplained > 0)
                .ifPresent(gap -> lost.merge(gap.reason(), unexplained, Long::sum));
        long recorded = logged.whole()
                + (manifest == null ? 0 : Removed.before(manifest).whole());
        long seen = recorded + sum(lost) + logged.open();
        return new Accounting(Source.LOG, 0, seen, recorded, new TreeMap<>(), lost, logged.open(), 0, 0, 0);
    }

    public long filteredExchanges() {
        return sum(filtered);
    }

    public long lostExchanges() {
        return sum(lost);
    }

    /** What recorded, filtered, lost and open are together. */
    public long sum() {
        return recorded + filteredExchanges() + lostExchanges() + open;
    }

    /** Whether every exchange seen is one of those. */
    public boolean addsUp() {
        return seen == sum() && open >= 0;
    }

    private static long sum(Map<?, Long> exchanges) {
        return exchanges.values().stream().mapToLong(Long::longValue).sum();
    }
}
