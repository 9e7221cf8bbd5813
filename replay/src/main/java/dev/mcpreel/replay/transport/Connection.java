package dev.mcpreel.replay.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One connection of one agent: carries one exchange at a time. Confined to the agent's event loop. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
    private final McpHttp client;
    private final Channel channel;
    private final long id;
    private @Nullable Exchange current;
    private @Nullable Throwable failure;
    private long connectNanos;
    private long carried;
    private boolean answering;
    private boolean interim;
    private boolean keepAlive;
    private boolean written;

    Connection(McpHttp client, Channel channel, long id) {
        this.client = client;
        this.channel = channel;
        this.id = id;
    }

    long id() {
        return id;
    }

    void connectedIn(long nanos) {
        connectNanos = nanos;
    }

    boolean isUsable() {
        return channel.isActive() && current == null;
    }

    /** What becomes of a closing channel is told by {@link #channelInactive}. */
    void close() {
        Future<?> unused = channel.close();
    }

    void sawBytes() {
        answering = true;
    }

    /** Sends the exchange's request; the connection must be idle. */
    void carry(Exchange exchange) {
        current = exchange;
        answering = false;
        interim = false;
        keepAlive = true;
        written = false;
        boolean reused = carried++ > 0;
        HttpRequest head = exchange.begun(this, reused, reused ? 0 : connectNanos);
        Future<?> unused = channel.write(head);
        Future<?> whole =
                channel.writeAndFlush(new DefaultLastHttpContent(Unpooled.wrappedBuffer(exchange.requestBody())));
        whole.addListener(this::written);
    }

    private void written(Future<?> whole) {
        written = whole.isSuccess();
        if (!written) {
            failure = failure == null ? whole.cause() : failure;
            close();
        }
    }

    /** The exchange no longer wants its answer: a connection in the middle of one is of no more use. */
    void abandon() {
        current = null;
        close();
    }

    String localAddress() {
        return address(channel.localAddress());
    }

    String remoteAddress() {
        return address(channel.remoteAddress());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        client.opened(this);
        ctx.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        Exchange exchange = current;
        if (exchange == null) {
            close();
            return;
        }
        if (message.decoderResult().isFailure()) {
            refuse(exchange, message.decoderResult().cause());
            return;
        }
        long nanos = client.nanoTime();
        if (message instanceof HttpResponse head) {
            interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                keepAlive = HttpUtil.isKeepAlive(head);
                exchange.responseHead(head, nanos);
            }
        }
        if (message instanceof HttpContent content && !interim && current == exchange) {
            exchange.responseBody(content.content(), nanos);
            if (message instanceof LastHttpContent && current == exchange) {
                finished(exchange, nanos);
            }
        }
    }

    /** Frees the connection first, so that what the agent sends next may use it. */
    private void finished(Exchange exchange, long nanos) {
        current = null;
        if (keepAlive && written && channel.isActive()) {
            client.release(this);
        } else {
            close();
        }
        exchange.responseEnd(nanos);
    }

    private void refuse(Exchange exchange, Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) {
            return; // channelInactive follows and tells how it was cut
        }
        current = null;
        close();
        exchange.badResponse(cause);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = failure == null ? cause : failure;
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.closed(this);
        Exchange exchange = current;
        current = null;
        if (exchange != null) {
            exchange.connectionLost(failure, carried > 1 && !answering);
        }
        ctx.fireChannelInactive();
    }

    private static String address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "0.0.0.0:0";
    }
}
