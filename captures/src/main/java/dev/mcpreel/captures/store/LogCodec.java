package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import org.jspecify.annotations.Nullable;

/** The records the log keeps of itself: GAP, CLOCK_ANCHOR. */
final class LogCodec {
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
}
