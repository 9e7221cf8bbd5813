package dev.mcpreel.replay.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the connections of every agent of a run add up to. Thread-safe. */
public final class TransportCounters {
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder opened = new LongAdder();
    private final LongAdder staleRetries = new LongAdder();
    private final LongAdder localErrors = new LongAdder();
    private final AtomicReference<@Nullable String> firstLocalError = new AtomicReference<>();

    /** Connections open now. */
    public int openConnections() {
        return open.get();
    }

    /** Connections opened so far. */
    public long openedConnections() {
        return opened.sum();
    }

    /** Exchanges sent again because the server had closed the kept-alive connection they were first sent on. */
    public long staleRetries() {
        return staleRetries.sum();
    }

    /** Connections this machine could not make for want of descriptors, ports or buffers. */
    public long localErrors() {
        return localErrors.sum();
    }

    /** What the first of {@link #localErrors()} said, or null. */
    public @Nullable String firstLocalError() {
        return firstLocalError.get();
    }

    void connectionOpened() {
        open.incrementAndGet();
        opened.increment();
    }

    void connectionClosed() {
        open.decrementAndGet();
    }

    void staleRetry() {
        staleRetries.increment();
    }

    void localError(String message) {
        firstLocalError.compareAndSet(null, message);
        localErrors.increment();
    }
}
