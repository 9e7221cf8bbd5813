package dev.mcpreel.captures.redact;

/** What a text is, and so what ends a value in it. */
enum Place {
    /** Prose, logs, code, headers that are no credentials. */
    TEXT,
    /** The body of a form, {@code application/x-www-form-urlencoded}. */
    FORM,
    /** A URL that is asked for or pointed to: a request target, {@code Location}, {@code Referer}, the data of {@code endpoint}. */
    TARGET
}
