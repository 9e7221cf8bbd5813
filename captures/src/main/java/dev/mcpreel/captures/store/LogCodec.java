package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records the log keeps of itself: GAP, CLOCK_ANCHOR, COUNTS. */
final class LogCodec {
    /** Of seen, recorded and lost steps; behind them the lost exchanges by the code of their reason. */
    private static final int LOST_AT = 24;

    private LogCodec() {}

    static void encode(EncodeBuffer to, Gap gap, long base) {
        int at = Items.begin(to, RecordType.GAP, gap.atNanos() - base);
        to.i32(Codes.LOSS_REASON.of(gap.reason())).i32(gap.lane());
        to.i64(gap.exchanges()).i64(gap.events()).i64(gap.bytes());
        Items.endFixed(to, at);
        Items.end(to, at);
    }

    static @Nullable Gap gap(RecordView record) {
        LossReason reason = Codes.LOSS_REASON.constant(record.u8(0, Codes.NONE));
        return reason == null
                ? null
                : new Gap(record.monoNanos, reason, record.i32(4), record.i64(8), record.i64(16), record.i64(24));
    }

    static void encode(EncodeBuffer to, ClockAnchor anchor, long base) {
        int at = Items.begin(to, RecordType.CLOCK_ANCHOR, anchor.atNanos() - base);
        to.i64(anchor.wallNanos());
        Items.endFixed(to, at);
        Items.end(to, at);
    }

    static ClockAnchor clockAnchor(RecordView record) {
        return new ClockAnchor(record.monoNanos, record.i64(0));
    }

    static void encode(EncodeBuffer to, ExchangeCounts counts, long base) {
        int at = Items.begin(to, RecordType.COUNTS, counts.atNanos() - base);
        to.i64(counts.seen()).i64(counts.recorded()).i64(counts.lostSteps());
        for (LossReason reason : Codes.LOSS_REASON.all()) {
            to.i64(counts.lost().getOrDefault(reason, 0L));
        }
        Items.endFixed(to, at);
        to.i32(counts.filtered().size());
        counts.filtered().forEach((name, exchanges) -> to.i64(exchanges).string(name));
        Items.end(to, at);
    }

    static ExchangeCounts counts(RecordView record) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        for (LossReason reason : Codes.LOSS_REASON.all()) {
            lost.put(reason, record.i64(LOST_AT + 8 * Codes.LOSS_REASON.of(reason)));
        }
        SortedMap<String, Long> filtered = new TreeMap<>();
        VarReader payload = record.var();
        for (long left = payload.u32(); left > 0 && payload.has(10); left--) {
            long exchanges = payload.i64();
            filtered.merge(payload.string(), exchanges, Long::sum);
        }
        return new ExchangeCounts(record.monoNanos, record.i64(0), record.i64(8), filtered, lost, record.i64(16));
    }
}
