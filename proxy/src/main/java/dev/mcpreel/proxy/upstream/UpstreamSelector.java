package dev.mcpreel.proxy.upstream;

import io.netty.handler.codec.http.HttpRequest;

/** Decides which upstream serves a client connection. Called on event loops; thread-safe; never blocks. */
@FunctionalInterface
public interface UpstreamSelector {
    /**
     * The upstream for a client connection.
     *
     * @param first the head of the connection's first request
     */
    Upstream select(HttpRequest first);

    /** Every connection to the same upstream. */
    static UpstreamSelector single(Upstream upstream) {
        return first -> upstream;
    }
}
