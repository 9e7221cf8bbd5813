package dev.mcpreel.captures.store;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The two clocks a writer reads; both are thread-safe.
 *
 * @param monotonicNanos the clock every event of the capture is timed with
 * @param wallNanos nanoseconds since 1970-01-01T00:00:00Z
 */
public record Clocks(LongSupplier monotonicNanos, LongSupplier wallNanos) {
    /** {@link System#nanoTime()} and the system's wall clock. */
    public static Clocks system() {
        return new Clocks(System::nanoTime, Clocks::systemWallNanos);
    }

    private static long systemWallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
