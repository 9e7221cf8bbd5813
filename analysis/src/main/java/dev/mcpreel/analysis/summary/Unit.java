package dev.mcpreel.analysis.summary;

/** What the values of a metric count. */
public enum Unit {
    /** Plain numbers. */
    NUMBER,
    /** Milliseconds. */
    MILLIS,
    /** Bytes. */
    BYTES
}
