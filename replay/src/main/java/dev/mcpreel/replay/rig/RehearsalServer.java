package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.replay.transport.Loops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A server on a loopback port that answers any request with nothing in it, in turn as JSON and as an event stream. */
final class RehearsalServer implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 64 * 1024;

    private final Channel listener;

    private RehearsalServer(Channel listener) {
        this.listener = listener;
    }

    /** Listens; empty when this machine does not allow it. */
    static Optional<RehearsalServer> start(Loops loops) throws InterruptedException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannelType())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                                .addLast(new Answerer());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .await();
        return bound.isSuccess() ? Optional.of(new RehearsalServer(bound.channel())) : Optional.empty();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        Future<?> unused = listener.close();
    }

    private static final class Answerer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            List<JsonRpcMessage> messages = JsonRpcReader.read(ByteBufUtil.getBytes(request.content()));
            String type = "application/json";
            String body = "";
            if (!messages.isEmpty() && messages.get(0) instanceof JsonRpcMessage.Request asked && asked.id() != null) {
                body = "{\"jsonrpc\":\"2.0\",\"id\":" + asked.id() + ",\"result\":{\"content\":[]}}";
                if (asked.id().text().endsWith("3")) {
                    type = "text/event-stream";
                    body = "event: message\ndata: " + body + "\n\n";
                }
            }
            HttpResponseStatus status = body.isEmpty() ? HttpResponseStatus.ACCEPTED : HttpResponseStatus.OK;
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, type)
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                    .set("Mcp-Session-Id", "rehearsal");
            Future<?> unused = ctx.writeAndFlush(response);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Future<?> unused = ctx.close();
        }
    }
}
