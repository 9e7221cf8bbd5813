package dev.mcpreel.benchmarks.soak;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The clients of a soak: small calls at a steady rate, big ones beside them, and standing streams. All of it on one event
 * loop.
 */
final class Generator implements AutoCloseable {
    private static final int REQUEST_FILLER = 300;
    private static final int ANSWER_FILLER = 1000;
    private static final int SSE_ONE_IN = 4;
    private static final int BIG_CONNECTIONS = 2;
    private static final long TICK_MICROS = 500;
    private static final long START_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double MOST_WARM_UP_SECONDS = 30;

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("soak-generator"), NioIoHandler.newFactory());
    private final Settings settings;
    private final InetSocketAddress target;
    private final Tally tally = new Tally();
    private final List<Pacer> pacers = new ArrayList<>();
    private final List<StreamConnection> streams = new ArrayList<>();
    private long lastNumber;
    private int lastConnection;

    Generator(InetSocketAddress target, Settings settings) {
        this.target = target;
        this.settings = settings;
    }

    /**
     * Runs the whole soak and returns what it saw. To be called once.
     *
     * @param progress told a line every 10 s
     */
    Tally run(Consumer<String> progress) throws Exception {
        long startNanos = onLoop(this::connectAll);
        long endNanos = startNanos + (long) (settings.seconds() * 1e9);
        Future<?> ticks = loop.scheduleAtFixedRate(
                () -> pacers.forEach(pacer -> pacer.tick(System.nanoTime())), 0, TICK_MICROS, TimeUnit.MICROSECONDS);
        Future<?> lines = loop.scheduleAtFixedRate(() -> progress.accept(tally.line()), 10, 10, TimeUnit.SECONDS);
        long lastNanos = endNanos + (long) (settings.graceSeconds() * 1e9);
        while (System.nanoTime() < lastNanos && !(System.nanoTime() > endNanos && onLoop(() -> done(endNanos)))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        lines.cancel(false);
        ticks.cancel(false);
        return onLoop(() -> end(endNanos));
    }

    private Long connectAll() {
        addPacer(settings.rate(), settings.connections(), this::smallCall);
        if (settings.bigRate() > 0) {
            addPacer(settings.bigRate(), BIG_CONNECTIONS, due -> bigCall(Form.UPLOAD, due));
            addPacer(settings.bigRate(), BIG_CONNECTIONS, due -> bigCall(Form.DOWNLOAD, due));
        }
        for (int i = 0; i < settings.streams(); i++) {
            StreamConnection stream = new StreamConnection(host(), i, tally);
            streams.add(stream);
            connect(stream);
        }
        long startNanos = System.nanoTime() + START_DELAY_NANOS;
        long endNanos = startNanos + (long) (settings.seconds() * 1e9);
        tally.timeFrom(startNanos + (long) (Math.min(MOST_WARM_UP_SECONDS, settings.seconds() / 3) * 1e9));
        // Not all big ones at the same moment.
        long apartNanos = settings.bigRate() > 0 ? (long) (5e8 / settings.bigRate()) : 0;
        for (int i = 0; i < pacers.size(); i++) {
            pacers.get(i).start(startNanos + (i / 2) * apartNanos, endNanos);
        }
        return startNanos;
    }

    private void addPacer(double rate, int connections, LongFunction<Call> calls) {
        Pacer pacer = new Pacer(tally, rate, calls, this::connect);
        pacers.add(pacer);
        for (int i = 0; i < connections; i++) {
            connect(pacer);
        }
    }

    private void connect(Pacer owner) {
        connect(new CallConnection(host(), "soak-session-" + ++lastConnection, tally, owner));
    }

    private void connect(ChannelHandler handler) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), handler);
                    }
                })
                .connect(target)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        tally.error("cannot connect: " + connected.cause());
                    }
                });
    }

    private Call smallCall(long dueNanos) {
        long number = ++lastNumber;
        Form form = number % SSE_ONE_IN == 0 ? Form.SSE : Form.JSON;
        return new Call(form, number, dueNanos, REQUEST_FILLER, ANSWER_FILLER);
    }

    private Call bigCall(Form form, long dueNanos) {
        boolean upload = form == Form.UPLOAD;
        return new Call(
                form,
                ++lastNumber,
                dueNanos,
                upload ? settings.bigBytes() : REQUEST_FILLER,
                upload ? ANSWER_FILLER : settings.bigBytes());
    }

    private boolean done(long endNanos) {
        return pacers.stream().allMatch(Pacer::done)
                && streams.stream().allMatch(stream -> stream.caughtUp(endNanos, eventNanos()));
    }

    private Tally end(long endNanos) {
        pacers.forEach(Pacer::close);
        for (StreamConnection stream : streams) {
            if (!stream.caughtUp(endNanos, eventNanos())) {
                tally.error("stream: too few events");
            }
            stream.close();
        }
        return tally;
    }

    /** The server's clock may be a little late for an event, never early. */
    private long eventNanos() {
        return TimeUnit.MILLISECONDS.toNanos(settings.eventMillis());
    }

    private String host() {
        return target.getHostString() + ":" + target.getPort();
    }

    private <T> T onLoop(Supplier<T> work) throws Exception {
        return loop.submit(work::get).get();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
