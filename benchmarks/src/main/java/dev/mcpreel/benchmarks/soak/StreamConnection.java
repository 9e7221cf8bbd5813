package dev.mcpreel.benchmarks.soak;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A standing GET stream whose events must come whole and in order. */
final class StreamConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final String BLANK_LINE = "\n\n";

    private final String host;
    private final int stream;
    private final Tally tally;
    private final StringBuilder unfinished = new StringBuilder();
    private @Nullable ChannelHandlerContext ctx;
    private long events;
    private long firstSentNanos;
    private boolean closing;

    StreamConnection(String host, int stream, Tally tally) {
        this.host = host;
        this.stream = stream;
        this.tally = tally;
    }

    /** Whether all that the server sent up to a moment has come, given the time between its events. */
    boolean caughtUp(long nanos, long periodNanos) {
        return events > 0 && events >= 1 + (nanos - firstSentNanos) / periodNanos;
    }

    void close() {
        closing = true;
        ChannelHandlerContext channel = ctx;
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext channel) {
        ctx = channel;
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/mcp?stream=" + stream);
        request.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.ACCEPT, "text/event-stream")
                .set("Mcp-Session-Id", "soak-stream-" + stream);
        channel.writeAndFlush(request);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext channel, HttpObject part) {
        if (part instanceof HttpResponse response && response.status().code() != 200) {
            tally.error("stream: status " + response.status().code());
        }
        if (part instanceof HttpContent content) {
            unfinished.append(content.content().toString(StandardCharsets.UTF_8));
            cutEvents();
        }
        if (part instanceof LastHttpContent && !closing) {
            tally.error("stream: ended");
        }
    }

    private void cutEvents() {
        int end;
        while ((end = unfinished.indexOf(BLANK_LINE)) >= 0) {
            check(unfinished.substring(0, end + BLANK_LINE.length()));
            unfinished.delete(0, end + BLANK_LINE.length());
        }
    }

    private void check(String event) {
        events++;
        String head = Messages.eventHead(stream, events);
        String tail = Messages.eventTail();
        if (!event.startsWith(head) || !event.endsWith(tail)) {
            tally.error("stream: wrong event");
            return;
        }
        String sent = event.substring(head.length(), event.length() - tail.length());
        if (!sent.chars().allMatch(Character::isDigit)) {
            tally.error("stream: wrong event");
            return;
        }
        long sentNanos = Long.parseLong(sent);
        if (events == 1) {
            firstSentNanos = sentNanos;
        }
        tally.event(sentNanos, System.nanoTime());
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        if (!closing) {
            tally.error("stream: closed");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
        tally.error("stream: " + cause);
        channel.close();
    }
}
