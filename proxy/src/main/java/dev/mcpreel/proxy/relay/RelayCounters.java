package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Numbers that all loops of a proxy add to. Thread-safe. */
public final class RelayCounters {
    private final AtomicInteger exchangesInFlight = new AtomicInteger();
    private final Set<Channel> streams = ConcurrentHashMap.newKeySet();
    private final LongAdder tapFailures = new LongAdder();

    void exchangeBegun() {
        exchangesInFlight.incrementAndGet();
    }

    void exchangeEnded() {
        exchangesInFlight.decrementAndGet();
    }

    void streamBegun(Channel client) {
        streams.add(client);
    }

    void streamEnded(Channel client) {
        streams.remove(client);
    }

    void tapFailed() {
        tapFailures.increment();
    }

    public int exchangesInFlight() {
        return exchangesInFlight.get();
    }

    /** Exchanges in flight that are standing streams: GETs answered with an event stream that has not ended. */
    public int streams() {
        return streams.size();
    }

    /** Whether what a client's connection carries at this moment is a standing stream. */
    public boolean isStream(Channel client) {
        return streams.contains(client);
    }

    /** Exchanges whose tap threw. */
    public long tapFailures() {
        return tapFailures.sum();
    }
}
