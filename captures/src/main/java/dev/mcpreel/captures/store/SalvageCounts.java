package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** What became of the exchanges of a capture that was salvaged: {@code seen = recorded + filtered + lost} holds again. */
final class SalvageCounts {
    /** More than any recorder sees; a number above it, or below 0, is no count. */
    private static final long MOST = 1L << 48;

    private SalvageCounts() {}

    static Counts of(VerifyReport source, Wholeness exchanges, SalvageCopy copy) {
        Manifest manifest = source.manifest();
        boolean isCounted = manifest != null && manifest.ending() != Ending.OPEN && isCredible(manifest.counts());
        Counts old = isCounted && manifest != null ? manifest.counts() : Counts.NONE;
        Removed removed = manifest == null ? Removed.NONE : Removed.before(manifest);
        long recorded = removed.whole() + copy.recorded();
        Map<LossReason, Long> lost = isCounted ? byManifest(old, recorded) : byLog(source, exchanges);
        long filtered = sum(old.filtered());
        return new Counts(
                recorded + filtered + sum(lost),
                recorded,
                old.filtered(),
                lost,
                removed.records() + copy.records(),
                removed.bytes() + copy.bytes(),
                copy.steps(),
                old.lostSteps() + Math.max(0, old.steps() - copy.steps()));
    }

    /** What is not there of all that was seen is what the recorder lost, and the rest the damage. */
    private static Map<LossReason, Long> byManifest(Counts old, long recorded) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        long left = Math.max(0, old.seen() - sum(old.filtered()) - recorded);
        for (LossReason reason : LossReason.values()) {
            // An exchange its recorder took for lost may be there all the same.
            long some = Math.min(left, old.lost().getOrDefault(reason, 0L));
            add(lost, reason, some);
            left -= some;
        }
        add(lost, LossReason.DAMAGED, left);
        return lost;
    }

    /** The gap records count exchanges without a head; of those with a head and a mark the greatest loss is to blame. */
    private static Map<LossReason, Long> byLog(VerifyReport source, Wholeness exchanges) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        for (GapTotal gap : source.gaps()) {
            add(lost, gap.reason(), isCount(gap.exchanges()) ? gap.exchanges() : 0);
        }
        LossReason greatest = source.gaps().stream()
                .max(Comparator.comparingLong(GapTotal::events))
                .map(GapTotal::reason)
                .orElse(LossReason.DAMAGED);
        add(lost, greatest, exchanges.markedWithHead());
        add(lost, LossReason.DAMAGED, exchanges.damaged() + exchanges.open());
        return lost;
    }

    private static void add(Map<LossReason, Long> lost, LossReason reason, long exchanges) {
        if (exchanges > 0) {
            lost.merge(reason, exchanges, Long::sum);
        }
    }

    private static boolean isCredible(Counts counts) {
        return isCount(counts.seen())
                && isCount(counts.recorded())
                && isCount(counts.steps())
                && isCount(counts.lostSteps())
                && counts.filtered().values().stream().allMatch(SalvageCounts::isCount)
                && counts.lost().values().stream().allMatch(SalvageCounts::isCount);
    }

    private static boolean isCount(long number) {
        return number >= 0 && number <= MOST;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
