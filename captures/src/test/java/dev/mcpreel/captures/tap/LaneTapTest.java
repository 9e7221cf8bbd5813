package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tap puts into a lane that nobody empties. */
@Timeout(30)
class LaneTapTest {
    private static final long MEBIBYTE = 1 << 20;

    private final Lane lane = new Lane(0, 64 * MEBIBYTE, 0);
    private final LaneTap tap = new LaneTap(lane, TrafficFilter.NONE, 1, 1, "a:1");
    private final ByteBuf piece = Unpooled.buffer(1 << 20).writerIndex(1 << 20);

    @AfterEach
    void release() {
        piece.release();
    }

    @Test
    void requestBody_grownTooLong_isCopiedUpToTheCapOnly() {
        tap.requestHead(request(), 1);
        send32(() -> tap.requestBody(piece, 2));

        assertThat(lane.depthBytes()).isBetween(8 * MEBIBYTE, 8 * MEBIBYTE + 64 * 1024);
    }

    @Test
    void requestBody_announcedAsTooLong_isNotCopied() {
        HttpRequest request = request();
        request.headers().set("Content-Length", 32 * MEBIBYTE);
        tap.requestHead(request, 1);
        send32(() -> tap.requestBody(piece, 2));

        assertThat(lane.depthBytes()).isLessThan(64 * 1024);
    }

    @Test
    void responseBody_announcedAsTooLong_isNotCopied() {
        tap.responseHead(response("application/json"), 1);
        send32(() -> tap.responseBody(piece, 2));

        assertThat(lane.depthBytes()).isLessThan(64 * 1024);
    }

    @Test
    void responseBody_longEventStream_isCopiedBecauseEachEventIsKept() {
        tap.responseHead(response("text/event-stream"), 1);
        send32(() -> tap.responseBody(piece, 2));

        assertThat(lane.depthBytes()).isGreaterThan(32 * MEBIBYTE);
    }

    private static void send32(Runnable once) {
        for (int i = 0; i < 32; i++) {
            once.run();
        }
    }

    private static HttpRequest request() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp");
    }

    private static HttpResponse response(String type) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("Content-Type", type).set("Content-Length", 32 * MEBIBYTE);
        return response;
    }
}
