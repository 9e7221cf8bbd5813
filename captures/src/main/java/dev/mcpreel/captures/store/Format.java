package dev.mcpreel.captures.store;

/** Format version 1 of the log; docs/CAPTURE_FORMAT.md says what every byte means. */
final class Format {
    /** The bytes {@code MREL} as a little-endian number. */
    static final int MAGIC = 0x4C45524D;

    static final int SCHEMA = 1;

    static final int SCHEMA_AT = 4;
    static final int TYPE_AT = 5;
    static final int FIXED_LEN_AT = 6;
    static final int VAR_LEN_AT = 8;
    static final int SEQ_AT = 16;
    static final int MONO_AT = 24;
    static final int WALL_AT = 32;
    static final int EXCHANGE_AT = 40;
    static final int CONNECTION_AT = 48;
    static final int HEADER = 56;
    static final int CRC = 4;

    /** Payload bytes of one record; a longer payload is cut into chunks. */
    static final int MAX_PAYLOAD = 64 << 10;

    /** A reader takes anything longer for damage. */
    static final int MAX_RECORD = 256 << 10;

    /** Where the fixed block of a chunked type says which chunk it is, and whether more follow. */
    static final int CHUNK_AT = 0;

    static final int MORE_AT = 2;

    /** Where the fixed blocks of END and EXCHANGE have their flags. */
    static final int END_FLAGS_AT = 6;

    static final int EXCHANGE_FLAGS_AT = 2;

    /** Flag: events of the exchange were lost before the writer. */
    static final int LOST_BEFORE = 1;

    /** Flag: events of the exchange were lost by the writer. */
    static final int LOST_BY_WRITER = 2;

    /** The items of an EXCHANGE record: type u8, zero u8, fixedLen u16, varLen u32, monoDelta i64. */
    static final int ITEM_FIXED_LEN_AT = 2;

    static final int ITEM_VAR_LEN_AT = 4;
    static final int ITEM_DELTA_AT = 8;
    static final int ITEM_HEADER = 16;

    private Format() {}
}
