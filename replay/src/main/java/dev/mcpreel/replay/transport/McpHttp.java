package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.Headers;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One agent's client for Streamable HTTP of the legacy era (revisions 2025-03-26 to 2025-11-25, "Transports"), over
 * plain HTTP/1.1. Its connections are kept alive and never shared with another agent; an exchange has a connection to
 * itself, and a new one is opened when all are busy. Confined to its event loop.
 */
public final class McpHttp {
    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final Transport transport;
    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final CookieJar cookies = new CookieJar();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Set<Connection> open = new LinkedHashSet<>();

    McpHttp(Transport transport, EventLoop loop) {
        this.transport = transport;
        this.loop = loop;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.loops().channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new Pipeline());
    }

    /**
     * Posts one or more JSON-RPC messages.
     *
     * @param headers sent beside those the transport sets itself: session id, protocol version
     */
    public Exchange post(byte[] body, Headers headers, ExchangeListener listener) {
        return begin(new Exchange(this, HttpMethod.POST, body, headers, listener));
    }

    /** Asks for the standalone event stream (GET). */
    public Exchange stream(Headers headers, ExchangeListener listener) {
        return begin(new Exchange(this, HttpMethod.GET, new byte[0], headers, listener));
    }

    /** Ends the transport session (DELETE). */
    public Exchange delete(Headers headers, ExchangeListener listener) {
        return begin(new Exchange(this, HttpMethod.DELETE, new byte[0], headers, listener));
    }

    /** Connections of this agent that are open now. */
    public int openConnections() {
        return open.size();
    }

    /** Closes every connection. Exchanges still open hear of it: cancel them first. */
    public void close() {
        List<Connection> all = new ArrayList<>(open);
        all.forEach(Connection::close);
    }

    private Exchange begin(Exchange exchange) {
        Connection kept = takeIdle();
        if (kept == null) {
            connect(exchange);
        } else {
            kept.carry(exchange);
        }
        return exchange;
    }

    private @Nullable Connection takeIdle() {
        Connection connection = idle.pollFirst();
        while (connection != null && !connection.isUsable()) {
            connection = idle.pollFirst();
        }
        return connection;
    }

    /** Opens a fresh connection for the exchange; whatever comes of it is told from the loop, later. */
    void connect(Exchange exchange) {
        long startNanos = nanoTime();
        ChannelFuture connecting = bootstrap.connect(transport.address());
        exchange.connecting(connecting.channel());
        connecting.addListener(done -> loop.execute(() -> connected(connecting, exchange, startNanos)));
    }

    private void connected(ChannelFuture connecting, Exchange exchange, long startNanos) {
        Channel channel = connecting.channel();
        if (!connecting.isSuccess()) {
            Throwable failure = connecting.cause();
            if (!exchange.isEnded() && Failures.isLocal(failure)) {
                transport.counters().localError(Failures.describe(failure));
            }
            exchange.connectFailed(failure);
            return;
        }
        if (exchange.isEnded()) {
            Future<?> unused = channel.close();
            return;
        }
        Connection connection = channel.pipeline().get(Connection.class);
        if (connection == null || !channel.isActive()) {
            exchange.connectionLost(null, false);
            return;
        }
        connection.connectedIn(nanoTime() - startNanos);
        connection.carry(exchange);
    }

    /** A connection that carried its exchange to the end is free for the next. */
    void release(Connection connection) {
        idle.addFirst(connection);
    }

    void opened(Connection connection) {
        open.add(connection);
        transport.counters().connectionOpened();
    }

    void closed(Connection connection) {
        if (open.remove(connection)) {
            idle.remove(connection);
            transport.counters().connectionClosed();
        }
    }

    Transport transport() {
        return transport;
    }

    EventLoop loop() {
        return loop;
    }

    CookieJar cookies() {
        return cookies;
    }

    long nanoTime() {
        return transport.nanoTime().getAsLong();
    }

    /** The map of a connection: bytes, HTTP objects, the exchange. */
    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            Connection connection =
                    new Connection(McpHttp.this, channel, transport.tap().newConnectionId());
            HttpDecoderConfig decoder = new HttpDecoderConfig().setMaxHeaderSize(MAX_HEAD_BYTES);
            channel.pipeline()
                    .addLast(new FirstByteHandler(connection))
                    .addLast(new HttpClientCodec(decoder, false, false))
                    .addLast(connection);
        }
    }
}
