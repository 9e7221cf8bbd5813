package dev.mcpreel.benchmarks.soak;

import java.util.Locale;

/** The kinds of call a soak makes. */
enum Form {
    /** A small answer as {@code application/json}. */
    JSON,
    /** A small answer as the only event of an event stream. */
    SSE,
    /** A big request. */
    UPLOAD,
    /** A big answer; every other one in chunks. */
    DOWNLOAD;

    static Form ofTool(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String tool() {
        return name().toLowerCase(Locale.ROOT);
    }
}
