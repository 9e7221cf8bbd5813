package dev.mcpreel.proxy.relay;

import io.netty.channel.Channel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Numbers that all loops of a proxy add to. Thread-safe. */
public final class RelayCounters {
    private final AtomicInteger openConnections = new AtomicInteger();
    private final AtomicInteger exchangesInFlight = new AtomicInteger();
    private final Set<Channel> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private final LongAdder turnedAway = new LongAdder();
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

    /** The proxy is stopping: who still gets in is sent away. */
    public void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** How many were open before this one. */
    int connectionOpened() {
        return openConnections.getAndIncrement();
    }

    void connectionClosed() {
        openConnections.decrementAndGet();
    }

    void turnAway() {
        turnedAway.increment();
    }

    void tapFailed() {
        tapFailures.increment();
    }

    /** Connections of clients. */
    public int openConnections() {
        return openConnections.get();
    }

    public int exchangesInFlight() {
        return exchangesInFlight.get();
    }

    /** Exchanges in flight that are standing streams: event streams that are held open for messages of the server's own, and have not ended. */
    public int streams() {
        return streams.size();
    }

    /** Whether what a client's connection carries at this moment is a standing stream. */
    public boolean isStream(Channel client) {
        return streams.contains(client);
    }

    /** Connections that were one too many. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    /** Exchanges whose tap threw. */
    public long tapFailures() {
        return tapFailures.sum();
    }
}
