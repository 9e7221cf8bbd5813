package dev.mcpreel.captures.store;

import org.jspecify.annotations.Nullable;

/** The types of record; 0 and 18 to 127 are free, 128 to 255 will never be given a meaning. */
enum RecordType {
    REQUEST_HEAD(1),
    UPSTREAM_CONNECTED(2),
    RESPONSE_HEAD(3),
    BODY(4),
    EXCHANGE_END(5),
    /** A whole small exchange. */
    EXCHANGE(6),
    GAP(7),
    CLOCK_ANCHOR(8),
    NAME_DEFINED(9),
    STEP(10),
    RUN_SAMPLE(11),
    /** Reserved: a client's connection was opened. Not written yet, skipped when read. */
    CONNECTION_OPENED(12),
    /** Reserved: a client's connection was closed. Not written yet, skipped when read. */
    CONNECTION_CLOSED(13),
    /** Reserved: something said of a transport session. Not written yet, skipped when read. */
    SESSION_META(14),
    UPSTREAM_FAILED(15),
    TRAILERS(16),
    COUNTS(17);

    private static final @Nullable RecordType[] BY_CODE = new @Nullable RecordType[256];

    static {
        for (RecordType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    final int code;

    RecordType(int code) {
        this.code = code;
    }

    static @Nullable RecordType of(int code) {
        return BY_CODE[code];
    }

    /** Whether it is an event of an exchange; its fixed block begins with a chunk number, so that a long payload can be cut. */
    boolean chunked() {
        return code <= EXCHANGE_END.code || code == UPSTREAM_FAILED.code || code == TRAILERS.code;
    }

    /** The name a report prints for a code, known or not. */
    static String label(int code) {
        RecordType type = of(code);
        return type == null ? "unknown(" + code + ")" : type.name();
    }
}
