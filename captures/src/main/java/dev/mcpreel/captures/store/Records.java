package dev.mcpreel.captures.store;

/** Items made into records. The writer thread fills in what only it knows: sequence number, wall time, checksum. */
final class Records {
    private Records() {}

    /** Where records are written to, and who wants to know when one is complete. */
    record Output(EncodeBuffer buffer, Runnable afterRecord) {}

    /** Writes an item as a record of its own, or as several when its payload is long. */
    static void write(Output to, EncodeBuffer items, int at, long base, long exchangeId, long connectionId) {
        EncodeBuffer out = to.buffer();
        byte[] from = items.array();
        int fixedLen = Le.u16(from, at + Format.ITEM_FIXED_LEN_AT);
        int left = Items.varLen(from, at);
        int typeCode = Items.typeCode(from, at);
        long mono = base + Le.i64(from, at + Format.ITEM_DELTA_AT);
        int fixedFrom = at + Format.ITEM_HEADER;
        int varFrom = fixedFrom + fixedLen;
        for (int chunk = 0; chunk == 0 || left > 0; chunk++) {
            int length = Math.min(left, Format.MAX_PAYLOAD);
            left -= length;
            int record = header(out, typeCode, fixedLen, length, mono);
            Le.i64(out.array(), record + Format.EXCHANGE_AT, exchangeId);
            Le.i64(out.array(), record + Format.CONNECTION_AT, connectionId);
            out.bytes(from, fixedFrom, fixedLen).bytes(from, varFrom, length);
            varFrom += length;
            if (chunk > 0 || left > 0) {
                Le.u16(out.array(), record + Format.HEADER + Format.CHUNK_AT, chunk);
                out.array()[record + Format.HEADER + Format.MORE_AT] = (byte) (left > 0 ? 1 : 0);
            }
            out.reserve(Format.CRC);
            to.afterRecord().run();
        }
    }

    /** Writes all items as one EXCHANGE record. */
    static void writeExchange(Output to, HeldExchange held, boolean incomplete) {
        EncodeBuffer out = to.buffer();
        EncodeBuffer items = held.items();
        int record = header(out, RecordType.EXCHANGE.code, 4, items.length(), held.baseNanos());
        Le.i64(out.array(), record + Format.EXCHANGE_AT, held.exchangeId());
        Le.i64(out.array(), record + Format.CONNECTION_AT, held.connectionId());
        out.u16(held.count()).u16(incomplete ? Format.LOST_BEFORE : 0);
        out.bytes(items.array(), 0, items.length());
        out.reserve(Format.CRC);
        to.afterRecord().run();
    }

    /** Begins a record without exchange; returns where. */
    static int header(EncodeBuffer out, int typeCode, int fixedLen, int varLen, long mono) {
        int at = out.reserve(Format.HEADER);
        byte[] array = out.array();
        Le.i32(array, at, Format.MAGIC);
        array[at + Format.SCHEMA_AT] = Format.SCHEMA;
        array[at + Format.TYPE_AT] = (byte) typeCode;
        Le.u16(array, at + Format.FIXED_LEN_AT, fixedLen);
        Le.i32(array, at + Format.VAR_LEN_AT, varLen);
        // Recorder id and incarnation: one recorder that never resumes a capture, so far.
        Le.i32(array, at + Format.VAR_LEN_AT + 4, 0);
        Le.i64(array, at + Format.SEQ_AT, 0);
        Le.i64(array, at + Format.MONO_AT, mono);
        Le.i64(array, at + Format.WALL_AT, 0);
        Le.i64(array, at + Format.EXCHANGE_AT, 0);
        Le.i64(array, at + Format.CONNECTION_AT, 0);
        return at;
    }

    /** Fills in the last fields of a record and returns its length. */
    static int seal(byte[] array, int at, long seq, long wallNanos) {
        Le.i64(array, at + Format.SEQ_AT, seq);
        Le.i64(array, at + Format.WALL_AT, wallNanos);
        int total = length(array, at);
        Le.i32(array, at + total - Format.CRC, RecordView.crc(array, at, total - Format.CRC));
        return total;
    }

    static int length(byte[] array, int at) {
        return RecordView.totalLength(Le.u16(array, at + Format.FIXED_LEN_AT), Le.i32(array, at + Format.VAR_LEN_AT));
    }
}
