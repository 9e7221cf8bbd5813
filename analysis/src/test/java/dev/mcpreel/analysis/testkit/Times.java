package dev.mcpreel.analysis.testkit;

/** Milliseconds since the start of a made-up capture, as the monotonic nanoseconds of its recorder. */
public final class Times {
    private static final long START_NANOS = 5_000_000_000L;

    private Times() {}

    public static long at(double millis) {
        return START_NANOS + Math.round(millis * 1e6);
    }
}
