package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.PartKind;
import org.jspecify.annotations.Nullable;

/** The records of bodies and of the end: BODY, EXCHANGE_END. */
final class BodyCodec {
    private BodyCodec() {}

    static void encode(EncodeBuffer to, BodyPart part, long base) {
        int at = Items.begin(to, RecordType.BODY, part.atNanos() - base);
        to.i32(0)
                .u8(Codes.DIRECTION.of(part.direction()))
                .u8(Codes.PART.of(part.part()))
                .u8(Codes.BODY_STATE.of(part.state()))
                .u8(part.decoded() ? 1 : 0);
        to.i32(part.index()).i64(part.firstByteNanos()).i64(part.length());
        Items.endFixed(to, at);
        to.bytes(part.content());
        Items.end(to, at);
    }

    /**
     * Null when a code is not known.
     *
     * @param whole false when chunks of it are missing: it is then read as lost in part
     */
    static @Nullable BodyPart bodyPart(RecordView record, boolean whole) {
        Direction direction = Codes.DIRECTION.constant(record.u8(4, 0));
        PartKind part = Codes.PART.constant(record.u8(5, 0));
        BodyState state = whole ? Codes.BODY_STATE.constant(record.u8(6, 0)) : BodyState.LOST_IN_PART;
        if (direction == null || part == null || state == null) {
            return null;
        }
        return new BodyPart(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                record.i64(12),
                direction,
                part,
                record.i32(8),
                state,
                record.u8(7, 0) != 0,
                record.i64(20),
                whole ? record.var().rest() : Bytes.EMPTY);
    }

    static void encode(EncodeBuffer to, ExchangeEnd end, long base, boolean incomplete) {
        int at = Items.begin(to, RecordType.EXCHANGE_END, end.atNanos() - base);
        to.i32(0)
                .u8(Codes.END_CAUSE.of(end.cause()))
                .u8(Codes.ENDED_BY.of(end.endedBy()))
                .u8(incomplete ? Format.LOST_BEFORE : 0)
                .u8(0);
        to.i64(end.requestEndNanos()).i64(end.responseEndNanos());
        to.i64(end.requestBytes()).i64(end.responseBytes());
        Items.endFixed(to, at);
        to.string(end.detail());
        Items.end(to, at);
    }

    /** A cause or a side this version does not know is read as unknown: that an exchange ended must not be missed. */
    static ExchangeEnd end(RecordView record) {
        EndCause cause = Codes.END_CAUSE.constant(record.u8(4, Codes.NONE));
        EndedBy endedBy = Codes.ENDED_BY.constant(record.u8(5, Codes.NONE));
        return new ExchangeEnd(
                record.exchangeId,
                record.connectionId,
                record.monoNanos,
                cause == null ? EndCause.UNKNOWN : cause,
                endedBy == null ? EndedBy.UNKNOWN : endedBy,
                record.i64(8),
                record.i64(16),
                record.i64(24),
                record.i64(32),
                record.var().string());
    }
}
