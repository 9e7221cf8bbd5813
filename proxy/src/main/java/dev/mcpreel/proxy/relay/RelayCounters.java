package dev.mcpreel.proxy.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Numbers that all loops of a proxy add to. Thread-safe. */
public final class RelayCounters {
    private final AtomicInteger exchangesInFlight = new AtomicInteger();
    private final LongAdder tapFailures = new LongAdder();

    void exchangeBegun() {
        exchangesInFlight.incrementAndGet();
    }

    void exchangeEnded() {
        exchangesInFlight.decrementAndGet();
    }

    void tapFailed() {
        tapFailures.increment();
    }

    public int exchangesInFlight() {
        return exchangesInFlight.get();
    }

    /** Exchanges whose tap threw. */
    public long tapFailures() {
        return tapFailures.sum();
    }
}
