package dev.mcpreel.proxy.relay;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the proxy's own.
 *
 * @param detail one line, in the body and in the capture
 */
record Refusal(HttpResponseStatus status, String detail) {
    private static final HttpMethod UNREADABLE = HttpMethod.valueOf("-");

    /** Where the decoder's words begin to quote the wire. */
    private static final Pattern QUOTED = Pattern.compile("((, but received a )?'|[:\"\\[]).*", Pattern.DOTALL);

    /** Why a request head cannot be relayed, or null. */
    static @Nullable Refusal ofRequest(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return ofBroken(request);
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return new Refusal(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
                    request.protocolVersion() + " is not relayed, only HTTP/1.0 and HTTP/1.1");
        }
        if (HttpMethod.CONNECT.equals(request.method())) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "CONNECT is for forward proxies");
        }
        return null;
    }

    /** The answer to something that is not HTTP. */
    static Refusal ofBroken(HttpObject object) {
        Throwable cause = object.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the header fields are too large");
        }
        return new Refusal(HttpResponseStatus.BAD_REQUEST, "not HTTP that can be relayed: " + reason(object));
    }

    /** The answer to one client too many. */
    static Refusal crowded(RelayLimits limits) {
        return new Refusal(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "too many connections: the limit is " + limits.maxConnections() + " (--max-connections)");
    }

    /** The answer to a request that does not come whole. */
    static Refusal overdue(String part, RelayLimits limits) {
        return new Refusal(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "the request's " + part + " did not come within "
                        + limits.requestTimeout().toMillis() + " ms");
    }

    /** Stands in the recording for a head that could not be read: method and target are {@code -}. */
    static HttpRequest unreadable() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, UNREADABLE, UNREADABLE.name());
    }

    /** What the decoder found wrong, on one line and without what it found: that goes to the disk, and may be a secret. */
    static String reason(HttpObject object) {
        Throwable cause = object.decoderResult().cause();
        if (cause == null) {
            return "unknown";
        }
        String text = cause instanceof NumberFormatException ? "not a number" : String.valueOf(cause.getMessage());
        String words = QUOTED.matcher(text)
                .replaceFirst("")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return words.isEmpty() || words.equals("null") ? cause.getClass().getSimpleName() : words;
    }

    /** Whether the decoder made the head up because not even the first line could be read. */
    static boolean isInvented(HttpObject head) {
        return head instanceof FullHttpMessage;
    }

    /** Whether the connection ended within the head; what follows is the end of the connection itself. */
    static boolean isCutShort(HttpObject object) {
        DecoderResult result = object.decoderResult();
        return result.isFailure() && result.cause() instanceof PrematureChannelClosureException;
    }

    FullHttpResponse response() {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.copiedBuffer("mcp-reel: " + detail + "\n", StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
