package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of the exchanges of a capture of which a part was cut out: {@code seen = recorded + filtered + lost} holds again. Seen
 * and lost are those of the whole capture, for nobody knows whose an exchange was that was lost.
 */
final class ExcerptCounts {
    /** What exchanges that retention had removed before count as filtered by. */
    static final String RETENTION = "retention";

    private ExcerptCounts() {}

    static Counts of(VerifyReport source, Wholeness exchanges, CopyTally copy) {
        Counts whole = SalvageCounts.of(source, exchanges, new CopyTally(exchanges.whole(), 0, 0, source.steps()));
        Manifest manifest = source.manifest();
        long removed = manifest == null ? 0 : Removed.before(manifest).whole();
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.putAll(whole.lost());
        long cut = Math.max(0, whole.recorded() - removed - copy.recorded());
        if (source.live()) {
            // Still under way there: what comes of them is cut.
            Long open = lost.remove(LossReason.DAMAGED);
            cut += open == null ? 0 : open;
        }
        Map<String, Long> filtered = new HashMap<>(whole.filtered());
        add(filtered, RETENTION, removed);
        add(filtered, CutInfo.REASON, cut);
        return new Counts(
                copy.recorded() + sum(filtered) + sum(lost),
                copy.recorded(),
                filtered,
                lost,
                copy.records(),
                copy.bytes(),
                copy.steps(),
                whole.lostSteps());
    }

    private static void add(Map<String, Long> filtered, String reason, long exchanges) {
        if (exchanges > 0) {
            filtered.merge(reason, exchanges, Long::sum);
        }
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
