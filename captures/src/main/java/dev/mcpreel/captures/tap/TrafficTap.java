package dev.mcpreel.captures.tap;

import io.netty.channel.EventLoop;

/** Hands out a tap for each exchange. Thread-safe. */
public interface TrafficTap {
    /** A fresh id for a connection of a client, unique in the capture. */
    long newConnectionId();

    /**
     * Begins to watch an exchange.
     *
     * @param loop the event loop that every later call on the tap comes from
     * @param connectionId as given by {@link #newConnectionId()}
     * @param peer the client's address as {@code host:port}
     */
    ExchangeTap begin(EventLoop loop, long connectionId, String peer);
}
