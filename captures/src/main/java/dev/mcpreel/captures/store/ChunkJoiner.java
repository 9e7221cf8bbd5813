package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the chunks of long payloads. The chunks of one event stand in order, with no other event of their exchange between
 * them; what breaks that rule was lost. A body with chunks missing is handed over as lost in part, any other event not.
 */
final class ChunkJoiner {
    /** What a join takes beside its payload, about. */
    private static final int JOIN_BYTES = 512;

    /** The chunk's number and whether more follow, in front of every fixed block. */
    private static final int CHUNK_FIELDS = 4;

    /** In place of the chunk that is due: one is missing already. */
    private static final int LOST = -1;

    private static final class Join {
        final RecordView view = new RecordView();
        EncodeBuffer payload;
        byte[] fixed = new byte[0];
        int next;

        Join(int capacity) {
            payload = new EncodeBuffer(capacity);
        }
    }

    /** The first that began is in front. */
    private final Map<Long, Join> joins = new LinkedHashMap<>();

    private final Consumer<? super CaptureEvent> sink;
    private final long maxBytes;
    private long heldBytes;

    ChunkJoiner(Consumer<? super CaptureEvent> sink) {
        // No honest log comes near: as many bodies of 8 MiB as a recorder has threads.
        this(sink, Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    /** @param maxBytes over which payloads under way are given up, those that began first before others */
    ChunkJoiner(Consumer<? super CaptureEvent> sink, long maxBytes) {
        this.sink = sink;
        this.maxBytes = maxBytes;
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
        if (chunk == 0 || join == null || !isAlike(join, record)) {
            drop(record.exchangeId);
            join = begin(record);
        }
        if (join.next != chunk) {
            lose(join);
        } else {
            join.next = chunk + 1;
            join.payload.bytes(record.array, record.varAt, record.varLen);
            heldBytes += record.varLen;
        }
        if (more) {
            makeRoom();
            return null;
        }
        joins.remove(record.exchangeId);
        heldBytes -= join.payload.length() + JOIN_BYTES;
        if (join.next != LOST) {
            return whole(join);
        }
        tellLost(join);
        return null;
    }

    private void lose(Join join) {
        heldBytes -= join.payload.length();
        join.payload = new EncodeBuffer(0);
        join.next = LOST;
    }

    private void makeRoom() {
        while (heldBytes > maxBytes && !joins.isEmpty()) {
            drop(joins.keySet().iterator().next());
        }
    }

    /** Behind a hole a chunk of the next event may have the number that is due. */
    private static boolean isAlike(Join join, RecordView record) {
        int behindChunk = Math.min(CHUNK_FIELDS, record.fixedLen);
        return join.view.typeCode == record.typeCode
                && join.view.monoNanos == record.monoNanos
                && join.fixed.length == record.fixedLen
                && Arrays.equals(
                        join.fixed,
                        behindChunk,
                        join.fixed.length,
                        record.array,
                        record.fixedAt + behindChunk,
                        record.fixedAt + record.fixedLen);
    }

    /** The log has no more of the chunks that are still missing. */
    void end() {
        joins.values().forEach(this::tellLost);
        joins.clear();
        heldBytes = 0;
    }

    private void drop(long exchangeId) {
        Join join = joins.isEmpty() ? null : joins.remove(exchangeId);
        if (join != null) {
            heldBytes -= join.payload.length() + JOIN_BYTES;
            tellLost(join);
        }
    }

    private void tellLost(Join join) {
        if (join.view.type() == RecordType.BODY) {
            join.payload = new EncodeBuffer(0);
            CaptureEvent part = BodyCodec.bodyPart(whole(join), false);
            if (part != null) {
                sink.accept(part);
            }
        }
    }

    private Join begin(RecordView record) {
        Join join = new Join(record.varLen);
        heldBytes += JOIN_BYTES;
        join.fixed = Arrays.copyOfRange(record.array, record.fixedAt, record.fixedAt + record.fixedLen);
        join.view.schema = record.schema;
        join.view.typeCode = record.typeCode;
        join.view.seq = record.seq;
        join.view.monoNanos = record.monoNanos;
        join.view.wallNanos = record.wallNanos;
        join.view.exchangeId = record.exchangeId;
        join.view.connectionId = record.connectionId;
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
