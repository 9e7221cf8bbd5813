package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import dev.mcpreel.proxy.rewrite.ResponseRewrite;
import dev.mcpreel.proxy.upstream.Assignment;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

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

    private static final AsciiString MCP_METHOD = AsciiString.cached("Mcp-Method");

    /** Specification revision 2026-07-28, "Subscriptions": the response stays open. */
    private static final AsciiString LISTEN = AsciiString.cached("subscriptions/listen");

    private final GuardedTap tap;
    private final RelayCounters counters;
    private final Channel client;
    private final boolean head;
    private final boolean standing;
    private Response response = Response.AWAITED;
    private @Nullable Assignment assignment;
    private @Nullable ResponseRewrite rewrite;
    private long lastResponseNanos;
    private boolean awaitsContinue;
    private boolean responseBegun;
    private boolean endsWithConnection;
    private boolean requestWhole;
    private boolean stream;
    private boolean ended;

    private Exchange(GuardedTap tap, RelayCounters counters, Channel client, HttpRequest request) {
        this.tap = tap;
        this.counters = counters;
        this.client = client;
        this.head = HttpMethod.HEAD.equals(request.method());
        this.standing = asksForStream(request);
        this.awaitsContinue = HttpUtil.is100ContinueExpected(request);
    }

    /** What clients of either era hold open for messages of the server's own. */
    private static boolean asksForStream(HttpRequest request) {
        return HttpMethod.GET.equals(request.method())
                || LISTEN.contentEqualsIgnoreCase(request.headers().get(MCP_METHOD, ""));
    }

    static Exchange begin(GuardedTap tap, RelayCounters counters, Channel client, HttpRequest request, long atNanos) {
        counters.exchangeBegun();
        tap.tell(t -> t.requestHead(request, atNanos));
        return new Exchange(tap, counters, client, request);
    }

    /** Where it goes. */
    void assigned(Assignment assigned) {
        assignment = assigned;
    }

    /** What its response passes through. */
    void rewritten(@Nullable ResponseRewrite responseRewrite) {
        rewrite = responseRewrite;
    }

    void requestBody(ByteBuf bytes, long atNanos) {
        awaitsContinue = false;
        if (bytes.isReadable()) {
            tap.tellBytes(bytes, t -> t.requestBody(bytes, atNanos));
        }
    }

    /** @param trailers the fields behind the body */
    void requestEnd(HttpHeaders trailers, long atNanos) {
        requestWhole = true;
        if (!trailers.isEmpty()) {
            tap.tell(t -> t.requestTrailers(trailers, atNanos));
        }
        tap.tell(t -> t.requestEnd(atNanos));
    }

    void upstreamConnected(UpstreamLink link, UpstreamPick pick, boolean reused, long connectNanos, long atNanos) {
        tap.tell(t -> t.upstreamConnected(pick, link.address(), reused, connectNanos, atNanos));
    }

    void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos) {
        tap.tell(t -> t.upstreamFailed(pick, reason, connectNanos, atNanos));
    }

    void interimHead() {
        awaitsContinue = false;
        response = Response.INTERIM;
    }

    void interimEnd() {
        response = Response.AWAITED;
    }

    void responseHead(HttpResponse responseHead, long atNanos) {
        response = Response.STREAMING;
        responseBegun = true;
        lastResponseNanos = atNanos;
        endsWithConnection = !head && hasNoEndOfItsOwn(responseHead);
        if (standing && isEventStream(responseHead)) {
            stream = true;
            counters.streamBegun(client);
        }
        tap.tell(t -> t.responseHead(responseHead, atNanos));
        if (assignment != null) {
            assignment.responseHead(responseHead);
        }
    }

    void responseBody(ByteBuf bytes, long atNanos) {
        if (bytes.isReadable()) {
            lastResponseNanos = atNanos;
            tap.tellBytes(bytes, t -> t.responseBody(bytes, atNanos));
        }
    }

    /** @param trailers the fields behind the body */
    void responseEnd(HttpHeaders trailers, long atNanos) {
        response = Response.WHOLE;
        streamEnded();
        if (!trailers.isEmpty()) {
            tap.tell(t -> t.responseTrailers(trailers, atNanos));
        }
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
            if (rewrite != null) {
                rewrite.cut(ReferenceCountUtil::release);
            }
            if (assignment != null) {
                assignment.ended();
            }
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

    /** What the response passes through; null when it passes as it is. */
    @Nullable
    ResponseRewrite rewrite() {
        return rewrite;
    }

    /** Whether something of the response came after that time. */
    boolean wasAnsweredAfter(long nanos) {
        return responseBegun && lastResponseNanos - nanos > 0;
    }

    /** Whether only the end of the connection says that the response is whole (RFC 9112 section 6.3). */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    private static boolean hasNoEndOfItsOwn(HttpResponse responseHead) {
        int code = responseHead.status().code();
        return code != 204
                && code != 304
                && !HttpUtil.isTransferEncodingChunked(responseHead)
                && !responseHead.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    /** Whether the client may be waiting to be told to go on with its body (RFC 9110 section 10.1.1). */
    boolean awaitsContinue() {
        return awaitsContinue && response == Response.AWAITED;
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
