package dev.mcpreel.demo;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * An agent's sense of time.
 *
 * @param clock monotonic nanoseconds
 * @param scale what pauses are multiplied by
 * @param sleeper waits for a duration, until interrupted
 */
record Pace(LongSupplier clock, double scale, Sleeper sleeper) {
    /** Waiting, replaceable in tests. */
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    void pause(long millis) throws InterruptedException {
        sleeper.sleep(Duration.ofNanos((long) (millis * 1_000_000L * scale)));
    }

    long now() {
        return clock.getAsLong();
    }
}
