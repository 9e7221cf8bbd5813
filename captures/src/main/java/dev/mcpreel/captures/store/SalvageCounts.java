package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the exchanges of a capture that was salvaged: {@code seen = recorded + filtered + lost} holds again. */
final class SalvageCounts {
    /** More than any recorder sees; a number above it, or below 0, is no count. */
    private static final long MOST = 1L << 48;

    private SalvageCounts() {}

    static Counts of(VerifyReport source, Wholeness exchanges, CopyTally copy) {
        Manifest manifest = source.manifest();
        boolean isCounted = manifest != null && manifest.ending() != Ending.OPEN && isCredible(manifest.counts());
        ExchangeCounts told = isCounted ? null : told(source);
        Counts old = isCounted && manifest != null ? manifest.counts() : Counts.NONE;
        Map<String, Long> leftOut = told == null ? old.filtered() : told.filtered();
        Removed removed = manifest == null ? Removed.NONE : Removed.before(manifest);
        long recorded = removed.whole() + copy.recorded();
        Map<LossReason, Long> lost = isCounted
                ? byManifest(old, recorded)
                : told == null ? byLog(source, exchanges) : byCounts(told, source, exchanges, recorded);
        return new Counts(
                recorded + sum(leftOut) + sum(lost),
                recorded,
                leftOut,
                lost,
                removed.records() + copy.records(),
                removed.bytes() + copy.bytes(),
                copy.steps(),
                told == null ? old.lostSteps() + Math.max(0, old.steps() - copy.steps()) : told.lostSteps());
    }

    /** The last word of a recorder that wrote no end. */
    private static @Nullable ExchangeCounts told(VerifyReport source) {
        ExchangeCounts counts = source.log().exchanges().counts();
        return counts != null && isCredible(counts) ? counts : null;
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

    /**
     * What was lost is the more of what was counted and what the gaps say, for losses came after the counts as well. What is left
     * of those seen was under way then, or is damaged; never less than what the log shows of such.
     */
    private static Map<LossReason, Long> byCounts(
            ExchangeCounts told, VerifyReport source, Wholeness exchanges, long recorded) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        told.lost().forEach((reason, some) -> add(lost, reason, some));
        long gaps = 0;
        for (GapTotal gap : source.gaps()) {
            if (isCount(gap.exchanges())) {
                lost.merge(gap.reason(), gap.exchanges(), Math::max);
                gaps += gap.exchanges();
            }
        }
        add(lost, greatest(source), gaps + exchanges.markedWithHead() - sum(lost));
        long left = told.seen() - sum(told.filtered()) - recorded - sum(lost);
        add(lost, LossReason.DAMAGED, Math.max(left, exchanges.damaged() + exchanges.open()));
        lost.values().removeIf(some -> some == 0);
        return lost;
    }

    /** The gap records count exchanges without a head; of those with a head and a mark the greatest loss is to blame. */
    private static Map<LossReason, Long> byLog(VerifyReport source, Wholeness exchanges) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        for (GapTotal gap : source.gaps()) {
            add(lost, gap.reason(), isCount(gap.exchanges()) ? gap.exchanges() : 0);
        }
        add(lost, greatest(source), exchanges.markedWithHead());
        add(lost, LossReason.DAMAGED, exchanges.damaged() + exchanges.open());
        return lost;
    }

    private static LossReason greatest(VerifyReport source) {
        return source.gaps().stream()
                .max(Comparator.comparingLong(GapTotal::events))
                .map(GapTotal::reason)
                .orElse(LossReason.DAMAGED);
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

    private static boolean isCredible(ExchangeCounts counts) {
        return isCount(counts.seen())
                && isCount(counts.recorded())
                && isCount(counts.lostSteps())
                && counts.filtered().values().stream().allMatch(SalvageCounts::isCount)
                && counts.lost().values().stream().allMatch(SalvageCounts::isCount)
                && counts.open() >= 0;
    }

    private static boolean isCount(long number) {
        return number >= 0 && number <= MOST;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
