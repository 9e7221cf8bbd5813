package dev.mcpreel.captures.store;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, moved by hand; thread-safe. */
final class FakeClock {
    static final long WALL_START =
            TimeUnit.SECONDS.toNanos(Instant.parse("2026-11-21T10:15:30Z").getEpochSecond());

    private final AtomicLong elapsed = new AtomicLong();
    private final long monotonicStart;

    FakeClock(long monotonicStart) {
        this.monotonicStart = monotonicStart;
    }

    Clocks clocks() {
        return new Clocks(this::now, () -> WALL_START + elapsed.get());
    }

    long now() {
        return monotonicStart + elapsed.get();
    }

    void advanceMillis(long millis) {
        elapsed.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
