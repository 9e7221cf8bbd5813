package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the chunks of long payloads. The chunks of one event stand in order, with no other event of their exchange between
 * them; what breaks that rule was lost. A body with chunks missing is handed over as lost in part, any other event not.
 */
final class ChunkJoiner {
    private static final class Join {
        final RecordView view = new RecordView();
        final EncodeBuffer payload = new EncodeBuffer(2 * Format.MAX_PAYLOAD);
        byte[] fixed = new byte[0];
        int next;
    }

    private final Map<Long, Join> joins = new HashMap<>();
    private final Consumer<? super CaptureEvent> sink;

    ChunkJoiner(Consumer<? super CaptureEvent> sink) {
        this.sink = sink;
    }

    /** The record to decode: the given one when it is whole, the joined one at its last chunk, otherwise null. */
    @Nullable
    RecordView add(RecordView record) {
        int chunk = record.u16(Format.CHUNK_AT, 0);
        boolean more = (record.u8(Format.MORE_AT, 0) & 1) != 0;
        if (chunk == 0 && !more) {
            drop(record.exchangeId);
            return record;
        }
        Join join = joins.get(record.exchangeId);
        if (chunk == 0 || join == null || join.next != chunk || join.view.typeCode != record.typeCode) {
            drop(record.exchangeId);
            join = begin(record);
            if (chunk != 0) {
                return null;
            }
        }
        join.next = chunk + 1;
        join.payload.bytes(record.array, record.varAt, record.varLen);
        if (more) {
            return null;
        }
        joins.remove(record.exchangeId);
        return whole(join);
    }

    /** The log has no more of the chunks that are still missing. */
    void end() {
        joins.values().forEach(this::tellLost);
        joins.clear();
    }

    private void drop(long exchangeId) {
        Join join = joins.isEmpty() ? null : joins.remove(exchangeId);
        if (join != null) {
            tellLost(join);
        }
    }

    private void tellLost(Join join) {
        if (join.view.type() == RecordType.BODY) {
            CaptureEvent part = BodyCodec.bodyPart(whole(join), false);
            if (part != null) {
                sink.accept(part);
            }
        }
    }

    private Join begin(RecordView record) {
        Join join = new Join();
        join.fixed = Arrays.copyOfRange(record.array, record.fixedAt, record.fixedAt + record.fixedLen);
        join.view.schema = record.schema;
        join.view.typeCode = record.typeCode;
        join.view.seq = record.seq;
        join.view.monoNanos = record.monoNanos;
        join.view.wallNanos = record.wallNanos;
        join.view.exchangeId = record.exchangeId;
        join.view.connectionId = record.connectionId;
        join.next = -1;
        joins.put(record.exchangeId, join);
        return join;
    }

    /** One array of the fixed block and the whole payload. */
    private static RecordView whole(Join join) {
        int fixedLen = join.fixed.length;
        byte[] array = Arrays.copyOf(join.fixed, fixedLen + join.payload.length());
        System.arraycopy(join.payload.array(), 0, array, fixedLen, join.payload.length());
        join.view.array = array;
        join.view.fixedAt = 0;
        join.view.fixedLen = fixedLen;
        join.view.varAt = fixedLen;
        join.view.varLen = join.payload.length();
        return join.view;
    }
}
