package dev.mcpreel.benchmarks.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's connection that makes one call at a time and checks its answer byte for byte. */
final class CallConnection extends SimpleChannelInboundHandler<HttpObject> {
    /** Who uses connections: hears when one can take a call, and when it is gone. */
    interface Owner {
        void idle(CallConnection connection);

        void gone(CallConnection connection);
    }

    private final String host;
    private final String session;
    private final Tally tally;
    private final Owner owner;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Call call;
    private Message.@Nullable Check check;

    CallConnection(String host, String session, Tally tally, Owner owner) {
        this.host = host;
        this.session = session;
        this.tally = tally;
        this.owner = owner;
    }

    void send(Call next) {
        ChannelHandlerContext channel = ctx;
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        Message request = next.request();
        call = next;
        check = new Message.Check(next.answer(request));
        tally.sent(next.dueNanos(), System.nanoTime());
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/mcp");
        head.headers()
                .set(HttpHeaderNames.HOST, host)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json, text/event-stream")
                .set("Mcp-Session-Id", session)
                .set("Mcp-Protocol-Version", "2025-11-25");
        boolean chunked = next.form() == Form.UPLOAD && next.number() % 2 == 1;
        if (chunked) {
            HttpUtil.setTransferEncodingChunked(head, true);
        } else {
            HttpUtil.setContentLength(head, request.length());
        }
        channel.write(head);
        List<ByteBuf> pieces = request.pieces();
        if (next.form() == Form.UPLOAD) {
            pieces.forEach(piece -> channel.write(new DefaultHttpContent(piece)));
        } else {
            ByteBuf whole = Unpooled.wrappedBuffer(pieces.toArray(ByteBuf[]::new));
            channel.write(new DefaultHttpContent(whole));
        }
        channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    @Override
    public void channelActive(ChannelHandlerContext channel) {
        ctx = channel;
        owner.idle(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext channel, HttpObject part) {
        Call asked = call;
        Message.Check body = check;
        if (asked == null || body == null) {
            tally.error("bytes that nobody asked for");
            channel.close();
            return;
        }
        if (part.decoderResult().isFailure()) {
            tally.error("unreadable response");
            channel.close();
            return;
        }
        if (part instanceof HttpResponse response && response.status().code() != 200) {
            tally.error("status " + response.status().code());
        }
        if (part instanceof HttpContent content) {
            body.feed(content.content());
            if (part instanceof LastHttpContent) {
                finish(asked, body);
            }
        }
    }

    private void finish(Call asked, Message.Check body) {
        if (body.passed()) {
            tally.answered(asked.form(), asked.dueNanos(), System.nanoTime());
        } else {
            tally.error("wrong answer to " + asked.form().tool());
        }
        call = null;
        check = null;
        owner.idle(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) {
        if (call != null) {
            tally.error("closed before the answer to " + call.form().tool());
            call = null;
        }
        owner.gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
        tally.error(cause.toString());
        channel.close();
    }

    void close() {
        ChannelHandlerContext channel = ctx;
        if (channel != null) {
            channel.close();
        }
    }
}
