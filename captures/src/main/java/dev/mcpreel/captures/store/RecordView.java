package dev.mcpreel.captures.store;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record, or one item of an EXCHANGE record, in somebody else's array. Reused from record to record. A fixed block
 * shorter than this version writes reads as the given defaults, a longer one is read as far as it is known.
 */
final class RecordView {
    byte[] array = new byte[0];
    int schema;
    int typeCode;
    long seq;
    /** Records missing in front of it; 0 unless a reader says so. */
    long missing;

    long monoNanos;
    long wallNanos;
    long exchangeId;
    long connectionId;
    int fixedAt;
    int fixedLen;
    int varAt;
    int varLen;

    /** Null for a type this version does not know. */
    @Nullable
    RecordType type() {
        return schema == Format.SCHEMA ? RecordType.of(typeCode) : null;
    }

    /** Length of the record, from its magic to the end of its checksum. */
    int total() {
        return totalLength(fixedLen, varLen);
    }

    int u8(int at, int otherwise) {
        return at + 1 <= fixedLen ? Le.u8(array, fixedAt + at) : otherwise;
    }

    int u16(int at, int otherwise) {
        return at + 2 <= fixedLen ? Le.u16(array, fixedAt + at) : otherwise;
    }

    int i32(int at) {
        return at + 4 <= fixedLen ? Le.i32(array, fixedAt + at) : 0;
    }

    long u32(int at) {
        return i32(at) & 0xFFFF_FFFFL;
    }

    long i64(int at) {
        return at + 8 <= fixedLen ? Le.i64(array, fixedAt + at) : 0;
    }

    VarReader var() {
        return new VarReader(array, varAt, varAt + varLen);
    }

    /** Whether some events of the exchange this record ends were lost; false for every other record. */
    boolean incomplete() {
        return (endFlags() & (Format.LOST_BEFORE | Format.LOST_BY_WRITER)) != 0;
    }

    /** Whether some events of the exchange this record ends were lost before the writer, who then does not count it. */
    boolean lostBefore() {
        return (endFlags() & Format.LOST_BEFORE) != 0;
    }

    /** Whether an exchange is there to its end with it; of an end in several chunks that is the last. */
    boolean endsExchange() {
        RecordType type = type();
        boolean last = (u8(Format.MORE_AT, 0) & 1) == 0;
        return type == RecordType.EXCHANGE || (type == RecordType.EXCHANGE_END && last);
    }

    private int endFlags() {
        RecordType type = type();
        if (type == RecordType.EXCHANGE) {
            return u8(Format.EXCHANGE_FLAGS_AT, 0);
        }
        return type == RecordType.EXCHANGE_END ? u8(Format.END_FLAGS_AT, 0) : 0;
    }

    /** Whether it is the first or only chunk of what it holds. */
    boolean firstChunk() {
        RecordType type = type();
        return type == null || !type.chunked() || u16(Format.CHUNK_AT, 0) == 0;
    }

    /** Points at a record whose bytes are known to be good. */
    void set(byte[] bytes, int at) {
        array = bytes;
        schema = Le.u8(bytes, at + Format.SCHEMA_AT);
        typeCode = Le.u8(bytes, at + Format.TYPE_AT);
        seq = Le.i64(bytes, at + Format.SEQ_AT);
        monoNanos = Le.i64(bytes, at + Format.MONO_AT);
        wallNanos = Le.i64(bytes, at + Format.WALL_AT);
        exchangeId = Le.i64(bytes, at + Format.EXCHANGE_AT);
        connectionId = Le.i64(bytes, at + Format.CONNECTION_AT);
        fixedAt = at + Format.HEADER;
        fixedLen = Le.u16(bytes, at + Format.FIXED_LEN_AT);
        varAt = fixedAt + fixedLen;
        varLen = Le.i32(bytes, at + Format.VAR_LEN_AT);
    }

    /** Points at an item of the given EXCHANGE record; false when there is none, so that a loop ends. */
    boolean setItem(RecordView exchange, int at) {
        int end = exchange.varAt + exchange.varLen;
        if (end - at < Format.ITEM_HEADER) {
            return false;
        }
        int fixed = Le.u16(exchange.array, at + Format.ITEM_FIXED_LEN_AT);
        int var = Le.i32(exchange.array, at + Format.ITEM_VAR_LEN_AT);
        if (var < 0 || (long) fixed + var > end - at - Format.ITEM_HEADER) {
            return false;
        }
        array = exchange.array;
        schema = exchange.schema;
        typeCode = Le.u8(array, at);
        seq = exchange.seq;
        monoNanos = exchange.monoNanos + Le.i64(array, at + Format.ITEM_DELTA_AT);
        wallNanos = exchange.wallNanos;
        exchangeId = exchange.exchangeId;
        connectionId = exchange.connectionId;
        fixedAt = at + Format.ITEM_HEADER;
        fixedLen = fixed;
        varAt = fixedAt + fixed;
        varLen = var;
        return true;
    }

    /** The record's length when a good one begins here and ends within the limit, otherwise -1. */
    static int check(byte[] bytes, int at, int limit) {
        if (limit - at < Format.HEADER + Format.CRC) {
            return -1;
        }
        int total = claimedLength(bytes, at);
        if (total < 0 || total > limit - at) {
            return -1;
        }
        return crc(bytes, at, total - Format.CRC) == Le.i32(bytes, at + total - Format.CRC) ? total : -1;
    }

    /** The length that a record's header says it has; -1 when it is no record's header. The header must be there whole. */
    static int claimedLength(byte[] bytes, int at) {
        int varLen = Le.i32(bytes, at + Format.VAR_LEN_AT);
        if (Le.i32(bytes, at) != Format.MAGIC || varLen < 0 || varLen > Format.MAX_RECORD) {
            return -1;
        }
        int total = totalLength(Le.u16(bytes, at + Format.FIXED_LEN_AT), varLen);
        return total > Format.MAX_RECORD ? -1 : total;
    }

    static int totalLength(int fixedLen, int varLen) {
        return Format.HEADER + fixedLen + varLen + Format.CRC;
    }

    static int crc(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
