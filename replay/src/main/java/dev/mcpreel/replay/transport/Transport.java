package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.tap.TrafficTap;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What the agents of one run share in speaking to the target. Holds no connection itself. Thread-safe.
 *
 * @param target what is asked for
 * @param address where connections go: the target's host, resolved once
 * @param tap watches every exchange, as a recorder would
 * @param nanoTime the clock of every time given out
 * @param userAgent the {@code User-Agent} header
 */
public record Transport(
        Target target,
        InetSocketAddress address,
        Loops loops,
        TrafficTap tap,
        LongSupplier nanoTime,
        String userAgent,
        TransportCounters counters) {

    /** A client for one agent with an empty jar. */
    public McpHttp client(EventLoop loop) {
        return client(loop, List.of());
    }

    /**
     * A client for one agent, with connections and cookies of its own, confined to the given loop.
     *
     * @param cookies in its jar from the start, each as {@code name=value}
     */
    public McpHttp client(EventLoop loop, List<String> cookies) {
        McpHttp client = new McpHttp(this, loop);
        client.cookies().store(cookies);
        return client;
    }
}
