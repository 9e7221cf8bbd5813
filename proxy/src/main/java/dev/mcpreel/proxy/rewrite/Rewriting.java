package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What must change in messages because they pass a proxy. Thread-safe. */
public final class Rewriting {
    private final HostRule hostRule;

    public Rewriting(HostMode hostMode) {
        this.hostRule = new HostRule(hostMode);
    }

    /**
     * Changes a request's head in place, for its upstream. To be called once for an exchange, after
     * {@link #response(HttpRequest, Assignment)}.
     *
     * @param client the client's end of the connection, null when it is not known
     * @param listener the proxy's end of it, null when it is not known
     */
    public void request(
            HttpRequest head,
            Upstream upstream,
            @Nullable InetSocketAddress client,
            @Nullable InetSocketAddress listener) {
        hostRule.apply(head, upstream);
    }

    /**
     * How the response to a request is to be rewritten; null when it passes as it is.
     *
     * @param head the request as the client sent it
     * @param assignment where it goes; told of the endpoint that an event stream names
     */
    public @Nullable ResponseRewrite response(HttpRequest head, Assignment assignment) {
        return null;
    }
}
