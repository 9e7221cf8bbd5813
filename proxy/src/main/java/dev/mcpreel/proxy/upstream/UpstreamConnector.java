package dev.mcpreel.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to upstreams. Thread-safe. Names are resolved on threads of its own, because a slow name server
 * must not stop a loop; the addresses of a name are tried one after the other.
 */
public final class UpstreamConnector {
    private static final int RESOLVERS = 4;
    private static final int RESOLVER_QUEUE = 1024;

    private final Bootstrap template;
    private final ThreadPoolExecutor resolvers = new ThreadPoolExecutor(
            RESOLVERS,
            RESOLVERS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(RESOLVER_QUEUE),
            new DefaultThreadFactory("resolver", true));

    /**
     * A connector.
     *
     * @param template channel type and options of the connections; group and handler are set for each
     */
    public UpstreamConnector(Bootstrap template) {
        this.template = template;
        resolvers.allowCoreThreadTimeOut(true);
    }

    /**
     * Connects on the given loop.
     *
     * @param handler assembles the pipeline of each channel that is tried
     * @return completed on the loop; fails with the reason of the last address tried
     */
    public Future<Channel> connect(EventLoop loop, Upstream upstream, ChannelHandler handler) {
        Promise<Channel> connected = loop.newPromise();
        Bootstrap bootstrap = template.clone(loop).handler(handler);
        String host = upstream.authority().host();
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            tryNext(bootstrap, new ArrayDeque<>(List.of(literal)), upstream.port(), connected);
            return connected;
        }
        try {
            resolvers.execute(() -> resolve(loop, bootstrap, upstream, connected));
        } catch (RejectedExecutionException e) {
            connected.setFailure(new UnknownHostException(host));
        }
        return connected;
    }

    private static void resolve(EventLoop loop, Bootstrap bootstrap, Upstream upstream, Promise<Channel> connected) {
        try {
            Queue<InetAddress> addresses = new ArrayDeque<>(
                    List.of(InetAddress.getAllByName(upstream.authority().host())));
            loop.execute(() -> tryNext(bootstrap, addresses, upstream.port(), connected));
        } catch (UnknownHostException | RejectedExecutionException e) {
            connected.tryFailure(e);
        }
    }

    private static void tryNext(Bootstrap bootstrap, Queue<InetAddress> left, int port, Promise<Channel> connected) {
        bootstrap.connect(new InetSocketAddress(left.remove(), port)).addListener((ChannelFuture attempt) -> {
            if (attempt.isSuccess()) {
                connected.setSuccess(attempt.channel());
            } else if (left.isEmpty()) {
                connected.setFailure(attempt.cause());
            } else {
                tryNext(bootstrap, left, port, connected);
            }
        });
    }
}
