package dev.mcpreel.proxy.relay;

import java.util.function.LongSupplier;

/** Reads the clock once for everything that one read of a socket brought. Confined to an event loop. */
final class BurstClock {
    private final LongSupplier nanoClock;
    private boolean inBurst;
    private long burstNanos;

    BurstClock(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** When the running burst was read; begins one if none runs. */
    long burstNanos() {
        if (!inBurst) {
            inBurst = true;
            burstNanos = nanoClock.getAsLong();
        }
        return burstNanos;
    }

    void endBurst() {
        inBurst = false;
    }

    /** The time right now. */
    long nanos() {
        return nanoClock.getAsLong();
    }
}
