package dev.mcpreel.captures.store;

/** The frame every encoded event stands in before it becomes a record of its own or an item of an EXCHANGE record. */
final class Items {
    private Items() {}

    /** Begins an item; the fixed block follows. */
    static int begin(EncodeBuffer to, RecordType type, long monoDelta) {
        int at = to.reserve(Format.ITEM_HEADER);
        byte[] array = to.array();
        Le.i64(array, at, 0);
        array[at] = (byte) type.code;
        Le.i64(array, at + Format.ITEM_DELTA_AT, monoDelta);
        return at;
    }

    /** The fixed block is written; the payload follows. */
    static void endFixed(EncodeBuffer to, int at) {
        Le.u16(to.array(), at + Format.ITEM_FIXED_LEN_AT, to.length() - at - Format.ITEM_HEADER);
    }

    static void end(EncodeBuffer to, int at) {
        int fixed = Le.u16(to.array(), at + Format.ITEM_FIXED_LEN_AT);
        Le.i32(to.array(), at + Format.ITEM_VAR_LEN_AT, to.length() - at - Format.ITEM_HEADER - fixed);
    }

    /** Where the item after this one begins. */
    static int next(byte[] array, int at) {
        return at
                + Format.ITEM_HEADER
                + Le.u16(array, at + Format.ITEM_FIXED_LEN_AT)
                + Le.i32(array, at + Format.ITEM_VAR_LEN_AT);
    }

    static int typeCode(byte[] array, int at) {
        return Le.u8(array, at);
    }

    static int varLen(byte[] array, int at) {
        return Le.i32(array, at + Format.ITEM_VAR_LEN_AT);
    }
}
