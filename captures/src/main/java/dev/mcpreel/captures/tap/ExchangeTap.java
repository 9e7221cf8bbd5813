package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.UpstreamPick;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Watches one exchange. Confined to the event loop it was begun on. It copies what it is given and never keeps,
 * releases or moves the reader index of a buffer; it never blocks and never throws for want of room: what does not fit
 * its lane is lost to the recording and counted. Times are monotonic nanoseconds.
 */
public interface ExchangeTap {
    /** The exchange's id in the capture. */
    long exchangeId();

    void requestHead(HttpRequest head, long atNanos);

    /** Some bytes of the request's body, as they came. */
    void requestBody(ByteBuf bytes, long atNanos);

    /** The request is whole. */
    void requestEnd(long atNanos);

    /** The fields behind a chunked request body, if there are any. */
    void requestTrailers(HttpHeaders trailers, long atNanos);

    /**
     * An upstream connection carries the exchange.
     *
     * @param address the address connected to, {@code ip:port}
     * @param connectNanos how long connecting took, 0 when reused
     */
    void upstreamConnected(UpstreamPick pick, String address, boolean reused, long connectNanos, long atNanos);

    /**
     * No connection to an upstream could be made.
     *
     * @param reason a few words for people
     * @param connectNanos how long the attempt took
     */
    void upstreamFailed(UpstreamPick pick, String reason, long connectNanos, long atNanos);

    /** The final response's head; not called for interim responses. */
    void responseHead(HttpResponse head, long atNanos);

    /** Some bytes of the response's body, as they came. */
    void responseBody(ByteBuf bytes, long atNanos);

    /** The fields behind a chunked response body, if there are any. */
    void responseTrailers(HttpHeaders trailers, long atNanos);

    /** The response is whole. */
    void responseEnd(long atNanos);

    /**
     * The exchange is over; further calls are ignored.
     *
     * @param detail one line for people, may be empty
     */
    void end(EndCause cause, EndedBy endedBy, String detail, long atNanos);

    /** A call on this tap threw, and no other will come: what was recorded of the exchange ends here, and it counts as lost. */
    default void abandon() {}
}
