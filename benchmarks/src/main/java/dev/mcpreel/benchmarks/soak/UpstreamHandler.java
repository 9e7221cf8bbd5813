package dev.mcpreel.benchmarks.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The server's side of one connection: answers calls, and keeps a GET open as an event stream. */
final class UpstreamHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final int HEAD_BYTES = 256;
    private static final Pattern CALL =
            Pattern.compile("\"id\":(\\d+),.*\"name\":\"([a-z]+)\",\"arguments\":\\{\"answerBytes\":(\\d+),");

    private final int eventMillis;
    private final ByteBuf head = Unpooled.buffer(HEAD_BYTES, HEAD_BYTES);
    private final CRC32 crc = new CRC32();
    private long bytes;
    private boolean reading;

    UpstreamHandler(int eventMillis) {
        this.eventMillis = eventMillis;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part instanceof HttpRequest request) {
            reading = !request.method().equals(HttpMethod.GET);
            head.clear();
            crc.reset();
            bytes = 0;
            if (!reading) {
                beginStream(ctx, request);
            }
        }
        if (reading && part instanceof HttpContent content) {
            take(content.content());
            if (part instanceof LastHttpContent) {
                answer(ctx);
            }
        }
    }

    private void take(ByteBuf content) {
        bytes += content.readableBytes();
        crc.update(content.nioBuffer());
        content.readBytes(head, Math.min(content.readableBytes(), head.writableBytes()));
    }

    private void answer(ChannelHandlerContext ctx) {
        Matcher call = CALL.matcher(head.toString(StandardCharsets.UTF_8));
        if (!call.find()) {
            HttpResponse bad = response(HttpResponseStatus.BAD_REQUEST, "text/plain");
            HttpUtil.setContentLength(bad, 0);
            ctx.write(bad);
            ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            return;
        }
        long number = Long.parseLong(call.group(1));
        Form form = Form.ofTool(call.group(2));
        Message message = Messages.answer(form, number, bytes, crc.getValue(), Integer.parseInt(call.group(3)));
        HttpResponse ok = response(HttpResponseStatus.OK, form == Form.SSE ? "text/event-stream" : "application/json");
        boolean chunked = form == Form.SSE || form == Form.DOWNLOAD && number % 2 == 1;
        if (chunked) {
            HttpUtil.setTransferEncodingChunked(ok, true);
        } else {
            HttpUtil.setContentLength(ok, message.length());
        }
        ctx.write(ok);
        message.pieces().forEach(piece -> ctx.write(new DefaultHttpContent(piece)));
        ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Its events come at fixed times; what a slow client has not taken piles up in the socket and then here. */
    private void beginStream(ChannelHandlerContext ctx, HttpRequest request) {
        int stream = Integer.parseInt(
                new QueryStringDecoder(request.uri()).parameters().get("stream").get(0));
        HttpResponse ok = response(HttpResponseStatus.OK, "text/event-stream");
        HttpUtil.setTransferEncodingChunked(ok, true);
        ctx.writeAndFlush(ok);
        long[] sequence = {0};
        Future<?> events = ctx.executor()
                .scheduleAtFixedRate(
                        () -> ctx.writeAndFlush(event(stream, ++sequence[0])),
                        (stream * 37L) % eventMillis,
                        eventMillis,
                        TimeUnit.MILLISECONDS);
        ctx.channel().closeFuture().addListener(closed -> events.cancel(false));
    }

    private static HttpContent event(int stream, long sequence) {
        String text = Messages.eventHead(stream, sequence) + System.nanoTime() + Messages.eventTail();
        return new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static HttpResponse response(HttpResponseStatus status, String type) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
