package dev.mcpreel.proxy.upstream;

import io.netty.channel.EventLoopGroup;
import java.util.function.Consumer;

/** The means to look after upstreams that are down. Thread-safe; never blocks. */
public interface UpstreamProbe {
    /** Runs a task after a while, unless the end comes first. */
    void schedule(long delayNanos, Runnable task);

    /**
     * Tries to connect, and closes what it got.
     *
     * @param reached told once whether a connection stood, on any thread
     */
    void connect(Upstream upstream, Consumer<Boolean> reached);

    /** By connections on event loops. After the loops have stopped nothing is run any more. */
    static UpstreamProbe on(EventLoopGroup loops, UpstreamConnector connector) {
        return new LoopProbe(loops, connector);
    }
}
