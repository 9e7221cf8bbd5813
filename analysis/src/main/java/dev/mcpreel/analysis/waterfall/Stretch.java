package dev.mcpreel.analysis.waterfall;

/** A stretch of time, nanoseconds of the recorder's clock. */
public record Stretch(long fromNanos, long toNanos) {}
