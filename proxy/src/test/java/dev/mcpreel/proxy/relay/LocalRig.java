package dev.mcpreel.proxy.relay;

import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.proxy.rewrite.HostMode;
import dev.mcpreel.proxy.rewrite.PublicUrl;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.testkit.EchoHandler;
import dev.mcpreel.proxy.testkit.Mutator;
import dev.mcpreel.proxy.upstream.Balance;
import dev.mcpreel.proxy.upstream.BalancedUpstreams;
import dev.mcpreel.proxy.upstream.Upstream;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import dev.mcpreel.proxy.upstream.UpstreamProbe;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/**
 * A relay in front of two echoing servers, all in this process and on one event loop, without sockets: thousands of
 * connections a second, and the same course for the same seed. Buffers come from an allocator of its own that counts them.
 */
final class LocalRig {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final RelayCounters counters = new RelayCounters();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    private final LocalAddress entrance = new LocalAddress(LocalRig.class);
    private final LocalAddress server = new LocalAddress(LocalRig.class);
    private final Collection<String> faults;
    final ChannelGroup clients;

    LocalRig(TrafficTap tap, long seed, Collection<String> faults) throws InterruptedException {
        this.faults = faults;
        this.clients = new DefaultChannelGroup(group.next());
        Mutator mutator = new Mutator(seed);
        listen(server, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpRequestDecoder()).addLast(new EchoHandler(mutator, faults));
            }
        });
        RelayInitializer relay = new RelayInitializer(context(tap, seed), clients);
        listen(entrance, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.config().setAutoRead(false);
                channel.pipeline().addLast(relay).addLast(new LastStop());
            }
        });
    }

    EventLoop loop() {
        return group.next();
    }

    /** A client's connection, open at the latest when the loop has gone round a few times. */
    Channel connect(ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channel(LocalChannel.class)
                .option(ChannelOption.ALLOCATOR, allocator)
                .handler(handler)
                .connect(entrance)
                .channel();
    }

    /** Bytes in buffers that nobody has released yet. */
    long bytesHeld() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    void close() {
        group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private RelayContext context(TrafficTap tap, long seed) {
        Bootstrap template = new Bootstrap()
                .channel(LocalChannel.class)
                .resolver(new ToServer())
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.AUTO_CLOSE, false);
        UpstreamConnector connector = new UpstreamConnector(template);
        List<Upstream> upstreams = List.of(
                Upstream.of(URI.create("http://127.0.0.1:3001")), Upstream.of(URI.create("http://127.0.0.1:3002")));
        return new RelayContext(
                BalancedUpstreams.of(
                        Balance.parse("session"),
                        upstreams,
                        UpstreamProbe.on(group, connector),
                        System::nanoTime,
                        seed),
                connector,
                new Rewriting(HostMode.PRESERVE, PublicUrl.of("https://mcp.example.com"), true, true),
                RelayLimits.DEFAULT,
                tap,
                System::nanoTime,
                counters);
    }

    private void listen(LocalAddress address, ChannelHandler handler) throws InterruptedException {
        new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childHandler(handler)
                .bind(address)
                .sync();
    }

    /** Nothing may come past the relay's own handlers. */
    private final class LastStop extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            faults.add("not handled: " + message);
            ctx.fireChannelRead(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            faults.add("not caught: " + cause);
        }
    }

    /** Every address is the server's. */
    private final class ToServer extends AddressResolverGroup<SocketAddress> {
        @Override
        protected AddressResolver<SocketAddress> newResolver(EventExecutor executor) {
            return new AbstractAddressResolver<>(executor, SocketAddress.class) {
                @Override
                protected boolean doIsResolved(SocketAddress address) {
                    return address instanceof LocalAddress;
                }

                @Override
                protected void doResolve(SocketAddress unresolved, Promise<SocketAddress> promise) {
                    promise.setSuccess(server);
                }

                @Override
                protected void doResolveAll(SocketAddress unresolved, Promise<List<SocketAddress>> promise) {
                    promise.setSuccess(List.of(server));
                }
            };
        }
    }
}
