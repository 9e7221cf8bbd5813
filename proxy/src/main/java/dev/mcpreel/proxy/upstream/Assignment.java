package dev.mcpreel.proxy.upstream;

import dev.mcpreel.captures.exchange.UpstreamChoice;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.handler.codec.http.HttpResponse;

/**
 * The upstream one exchange is given to, and what the selector wants to know of how that went. Confined to the exchange's
 * event loop.
 */
public interface Assignment {
    /** The upstream to use now. */
    Upstream upstream();

    /** Why this one. */
    UpstreamChoice choice();

    /** The instance that the exchange was bound to before, when the choice is {@link UpstreamChoice#REBOUND}; otherwise empty. */
    String boundTo();

    /** As it is recorded. */
    default UpstreamPick pick() {
        return new UpstreamPick(upstream().name(), choice(), boundTo());
    }

    /**
     * A connection to the upstream stands, a new one or one kept from an earlier exchange. To be called before
     * {@link #pick()} is recorded for good: of several exchanges of a session that moves, the first to be connected makes
     * the hop, and the others are bound to where it went. After {@link #ended()} it is only news of the upstream.
     */
    void connected();

    /**
     * The upstream could not be connected to, and nothing of the request was sent. Changes {@link #pick()} when there is
     * another to try. After {@link #ended()}, when the client did not wait for it, it is only news of the upstream.
     *
     * @return whether there is another to try; then {@link #upstream()} is that
     */
    boolean connectFailed(ConnectFailure failure);

    /** The final response's head came. */
    void responseHead(HttpResponse head);

    /**
     * An event stream named where its client is to post to: the session of the HTTP+SSE transport, specification revision
     * 2024-11-05, "HTTP with SSE".
     *
     * @param target the endpoint's path and query, as its requests will have it
     */
    void endpoint(String target);

    /** The exchange is over, however it ended. */
    void ended();
}
