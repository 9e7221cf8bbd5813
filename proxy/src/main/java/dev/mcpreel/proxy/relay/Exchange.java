package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/**
 * How far one exchange has come, and what its tap was told. Confined to the pair's loop. Times are monotonic
 * nanoseconds.
 */
final class Exchange {
    /** How far the response has come. */
    enum Response {
        AWAITED,
        /** Within a 1xx response; the final one is still to come. */
        INTERIM,
        STREAMING,
        /** Whole, but not yet written to the client. */
        WHOLE,
        DELIVERED
    }

    private final GuardedTap tap;
    private final RelayCounters counters;
    private final Channel client;
    private final boolean head;
    private final boolean get;
    private Response response = Response.AWAITED;
    private boolean requestWhole;
    private boolean stream;
    private boolean ended;

    private Exchange(GuardedTap tap, RelayCounters counters, Channel client, HttpRequest request) {
        this.tap = tap;
        this.counters = counters;
        this.client = client;
        this.get = HttpMethod.GET.equals(request.method());
        this.head = HttpMethod.HEAD.equals(request.method());
    }

    static Exchange begin(GuardedTap tap, RelayCounters counters, Channel client, HttpRequest request, long atNanos) {
        counters.exchangeBegun();
        tap.tell(t -> t.requestHead(request, atNanos));
        return new Exchange(tap, counters, client, request);
    }

    void requestBody(ByteBuf bytes, long atNanos) {
        if (bytes.isReadable()) {
            tap.tellBytes(bytes, t -> t.requestBody(bytes, atNanos));
        }
    }

    void requestEnd(long atNanos) {
        requestWhole = true;
        tap.tell(t -> t.requestEnd(atNanos));
    }

    void upstreamConnected(UpstreamLink link, boolean reused, long connectNanos, long atNanos) {
        tap.tell(t -> t.upstreamConnected(
                UpstreamPick.only(link.upstream().name()), link.address(), reused, connectNanos, atNanos));
    }

    void interimHead() {
        response = Response.INTERIM;
    }

    void interimEnd() {
        response = Response.AWAITED;
    }

    void responseHead(HttpResponse responseHead, long atNanos) {
        response = Response.STREAMING;
        if (get && isEventStream(responseHead)) {
            stream = true;
            counters.streamBegun(client);
        }
        tap.tell(t -> t.responseHead(responseHead, atNanos));
    }

    void responseBody(ByteBuf bytes, long atNanos) {
        if (bytes.isReadable()) {
            tap.tellBytes(bytes, t -> t.responseBody(bytes, atNanos));
        }
    }

    void responseEnd(long atNanos) {
        response = Response.WHOLE;
        streamEnded();
        tap.tell(t -> t.responseEnd(atNanos));
    }

    void delivered() {
        response = Response.DELIVERED;
    }

    /** The end, once; later ends are not heard. */
    void end(EndCause cause, EndedBy endedBy, String detail, long atNanos) {
        if (!ended) {
            ended = true;
            tap.tell(t -> t.end(cause, endedBy, detail, atNanos));
            streamEnded();
            counters.exchangeEnded();
        }
    }

    private static boolean isEventStream(HttpResponse responseHead) {
        CharSequence type = HttpUtil.getMimeType(responseHead);
        return type != null
                && HttpHeaderValues.TEXT_EVENT_STREAM.contentEqualsIgnoreCase(
                        type.toString().trim());
    }

    /** A connection's exchanges follow each other, so only the one that began the stream may end it. */
    private void streamEnded() {
        if (stream) {
            stream = false;
            counters.streamEnded(client);
        }
    }

    boolean isHead() {
        return head;
    }

    boolean isRequestWhole() {
        return requestWhole;
    }

    Response response() {
        return response;
    }

    boolean isResponseWhole() {
        return response == Response.WHOLE || response == Response.DELIVERED;
    }

    boolean isDone() {
        return requestWhole && response == Response.DELIVERED;
    }
}
