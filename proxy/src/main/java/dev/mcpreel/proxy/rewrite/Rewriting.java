package dev.mcpreel.proxy.rewrite;

import dev.mcpreel.proxy.upstream.Assignment;
import dev.mcpreel.proxy.upstream.HostPort;
import dev.mcpreel.proxy.upstream.Upstream;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What must change in messages because they pass a proxy. Thread-safe. */
public final class Rewriting {
    private final HostMode hostMode;
    private final HostRule hostRule;
    private final @Nullable OriginRules origin;
    private final boolean forwarded;
    private final boolean watchEndpoints;

    /**
     * What is to be changed.
     *
     * @param publicUrl the origin that clients know; null when responses are to pass as they are
     * @param forwarded whether the upstream is told of the client in Forwarded fields
     * @param watchEndpoints whether {@link Assignment#endpoint} is to be told what event streams name
     */
    public Rewriting(HostMode hostMode, @Nullable PublicUrl publicUrl, boolean forwarded, boolean watchEndpoints) {
        this.hostMode = hostMode;
        this.hostRule = new HostRule(hostMode);
        this.origin = publicUrl == null ? null : new OriginRules(publicUrl);
        this.forwarded = forwarded;
        this.watchEndpoints = watchEndpoints;
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
        if (forwarded) {
            ForwardedRule.apply(head.headers(), client == null ? null : client.getAddress());
        }
        hostRule.apply(head, upstream);
        UpgradeRule.apply(head.headers());
    }

    /**
     * How the response to a request is to be rewritten; null when it passes as it is.
     *
     * @param head the request as the client sent it
     * @param assignment where it goes; told of the endpoint that an event stream names
     */
    public @Nullable ResponseRewrite response(HttpRequest head, Assignment assignment) {
        boolean get = HttpMethod.GET.equals(head.method());
        boolean watched = watchEndpoints && get;
        if (origin == null && !watched) {
            return null;
        }
        return new RewrittenResponse(
                new RewrittenResponse.Request(get, head.uri(), told(head)), origin, watched, assignment);
    }

    private @Nullable HostPort told(HttpRequest head) {
        String host = head.headers().get(HttpHeaderNames.HOST);
        boolean passedOn = forwarded || hostMode == HostMode.PRESERVE;
        return host == null || !passedOn ? null : UrlOrigin.hostPort(host);
    }
}
