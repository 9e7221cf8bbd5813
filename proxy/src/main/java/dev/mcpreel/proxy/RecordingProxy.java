package dev.mcpreel.proxy;

import dev.mcpreel.captures.tap.TrafficTap;
import dev.mcpreel.proxy.relay.RelayContext;
import dev.mcpreel.proxy.relay.RelayCounters;
import dev.mcpreel.proxy.relay.RelayInitializer;
import dev.mcpreel.proxy.relay.RelayLimits;
import dev.mcpreel.proxy.relay.RelaySignal;
import dev.mcpreel.proxy.rewrite.Rewriting;
import dev.mcpreel.proxy.upstream.Balance;
import dev.mcpreel.proxy.upstream.BalancedUpstreams;
import dev.mcpreel.proxy.upstream.UpstreamConnector;
import dev.mcpreel.proxy.upstream.UpstreamProbe;
import dev.mcpreel.proxy.upstream.UpstreamStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A running reverse proxy that shows every exchange to a tap and changes nothing that the two ends can see. Thread-safe.
 */
public final class RecordingProxy {
    private static final long DRAIN_CHECK_MILLIS = 10;
    private static final long CUT_TIMEOUT_SECONDS = 5;

    /** Of the waits before probes only, so that many proxies do not probe in step. */
    private static final SplittableRandom SEEDS = new SplittableRandom();

    private final EventLoopGroup loops;
    private final Transport transport;
    private final Channel listener;
    private final ChannelGroup clients;
    private final BalancedUpstreams upstreams;
    private final RelayCounters counters;

    private RecordingProxy(
            EventLoopGroup loops,
            Transport transport,
            Channel listener,
            ChannelGroup clients,
            BalancedUpstreams upstreams,
            RelayCounters counters) {
        this.loops = loops;
        this.transport = transport;
        this.listener = listener;
        this.clients = clients;
        this.upstreams = upstreams;
        this.counters = counters;
    }

    /**
     * Starts to listen; returns once clients can connect.
     *
     * @throws ProxyException when the address cannot be listened on, or an upstream is the proxy itself
     */
    public static RecordingProxy start(ProxyConfig config, TrafficTap tap) {
        return start(config, tap, System::nanoTime, Transport.best());
    }

    /** As {@link #start(ProxyConfig, TrafficTap)}, with the monotonic clock that every recorded time comes from. */
    public static RecordingProxy start(ProxyConfig config, TrafficTap tap, LongSupplier nanoClock) {
        return start(config, tap, nanoClock, Transport.best());
    }

    static RecordingProxy start(ProxyConfig config, TrafficTap tap, LongSupplier nanoClock, Transport transport) {
        if (config.listen().isUnresolved()) {
            throw ListenFailure.unresolved(config.listen());
        }
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                config.loops(), new DefaultThreadFactory("relay", true), transport.ioHandlers());
        ChannelGroup clients = new DefaultChannelGroup("clients", GlobalEventExecutor.INSTANCE, true);
        RelayCounters counters = new RelayCounters();
        UpstreamConnector connector = new UpstreamConnector(upstreamChannels(config.limits(), transport));
        BalancedUpstreams upstreams = BalancedUpstreams.of(
                config.balance(), config.upstreams(), UpstreamProbe.on(loops, connector), nanoClock, SEEDS.nextLong());
        RelayContext context =
                new RelayContext(upstreams, connector, rewriting(config), config.limits(), tap, nanoClock, counters);
        try {
            Channel listener = listeners(config.limits(), transport)
                    .group(loops)
                    .childHandler(new RelayInitializer(context, clients))
                    .bind(config.listen())
                    .sync()
                    .channel();
            // A port that was chosen for us could not be compared before.
            config.upstreams()
                    .forEach(upstream -> LoopCheck.check((InetSocketAddress) listener.localAddress(), upstream));
            return new RecordingProxy(loops, transport, listener, clients, upstreams, counters);
        } catch (InterruptedException e) {
            stop(loops);
            Thread.currentThread().interrupt();
            throw new ProxyException(ProxyException.Category.FAILED, "interrupted while starting to listen", e);
        } catch (ProxyException e) {
            stop(loops);
            throw e;
        } catch (Exception e) { // Netty throws the checked cause of a failed bind undeclared
            stop(loops);
            throw ListenFailure.of(config.listen(), e);
        }
    }

    private static Rewriting rewriting(ProxyConfig config) {
        boolean bySession = config.balance().kind() == Balance.Kind.SESSION
                && config.upstreams().size() > 1;
        return new Rewriting(config.hostMode(), config.publicUrl(), config.forwarded(), bySession);
    }

    private static ServerBootstrap listeners(RelayLimits limits, Transport transport) {
        return new ServerBootstrap()
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(limits));
    }

    /** AUTO_CLOSE is off so that a failed write does not throw away a response that waits to be read. */
    private static Bootstrap upstreamChannels(RelayLimits limits, Transport transport) {
        return new Bootstrap()
                .channel(transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark(limits));
    }

    private static WriteBufferWaterMark waterMark(RelayLimits limits) {
        return new WriteBufferWaterMark(limits.lowWaterMarkBytes(), limits.highWaterMarkBytes());
    }

    /** Where clients connect, with the port that was taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** How sockets are driven here, {@code epoll} or {@code nio}. */
    public String transport() {
        return transport.name().toLowerCase(Locale.ROOT);
    }

    /** How each upstream is, in the order of the configuration. */
    public List<UpstreamStatus> upstreams() {
        return upstreams.status();
    }

    public ProxyStats stats() {
        return new ProxyStats(
                counters.openConnections(),
                counters.exchangesInFlight(),
                counters.streams(),
                counters.turnedAway(),
                counters.tapFailures());
    }

    /**
     * Stops: accepts nobody new, closes idle connections, and lets exchanges in flight finish. Once only standing
     * streams are left, GETs answered with an event stream, or after the grace, what has not ended is ended as
     * {@code SHUTDOWN}. Returns when every exchange has ended and every loop stopped. An interrupt cuts the grace short.
     *
     * @param grace how long exchanges in flight may take, 0 for not at all; standing streams do not use it up
     */
    public void close(Duration grace) {
        counters.drain();
        listener.close().awaitUninterruptibly();
        upstreams.close();
        signal(RelaySignal.DRAIN);
        boolean interrupted = false;
        try {
            awaitCalls(grace);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        signal(RelaySignal.CUT);
        clients.newCloseFuture().awaitUninterruptibly(CUT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        clients.close().awaitUninterruptibly(CUT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        stop(loops);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Connections are looked at, not exchanges: a connection whose exchange has ended may still have to be flushed. They
     * are looked at again and again, because a response that begins within the grace may turn out to be a stream.
     */
    private void awaitCalls(Duration grace) throws InterruptedException {
        Promise<Void> onlyStreamsLeft = GlobalEventExecutor.INSTANCE.newPromise();
        Future<?> watch = GlobalEventExecutor.INSTANCE.scheduleWithFixedDelay(
                () -> {
                    if (clients.stream().allMatch(counters::isStream)) {
                        onlyStreamsLeft.trySuccess(null);
                    }
                },
                0,
                DRAIN_CHECK_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            onlyStreamsLeft.await(grace.toMillis());
        } finally {
            watch.cancel(false);
        }
    }

    private void signal(RelaySignal signal) {
        clients.forEach(client -> client.pipeline().fireUserEventTriggered(signal));
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
