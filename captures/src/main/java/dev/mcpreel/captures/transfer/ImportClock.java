package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.Clocks;

/** Has a writer begin a capture at the time at which its traffic began. Any thread. */
final class ImportClock {
    private final ClockAnchor anchor;
    private volatile long sinceNanos;
    private volatile boolean running;
    private volatile long endWallNanos;

    ImportClock(ClockAnchor anchor) {
        this.anchor = anchor;
    }

    Clocks clocks() {
        return new Clocks(
                () -> anchor.atNanos() + elapsed(),
                () -> endWallNanos == 0 ? anchor.wallNanos() + elapsed() : endWallNanos);
    }

    /** The capture has begun: from now on the time goes on, because the writer measures its disk by it. */
    void run() {
        sinceNanos = System.nanoTime();
        running = true;
    }

    /** The wall time at which the capture is to have ended. */
    void end(long wallNanos) {
        endWallNanos = wallNanos;
    }

    private long elapsed() {
        return running ? System.nanoTime() - sinceNanos : 0;
    }
}
