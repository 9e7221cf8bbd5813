package dev.mcpreel.cli;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.RelayInfo;
import dev.mcpreel.captures.store.RetentionStatus;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.LiveSubscription;
import dev.mcpreel.captures.tap.Recorder;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.tap.TrafficFilter;
import dev.mcpreel.proxy.ProxyConfig;
import dev.mcpreel.proxy.RecordingProxy;
import dev.mcpreel.proxy.rewrite.PublicUrl;
import dev.mcpreel.proxy.upstream.Upstream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** A recording under way: the proxy in front of the server, and behind it the recorder with its capture. */
final class Recording implements AutoCloseable {
    private static final int LIVE_EVENTS = 10_000;

    private final CaptureWriter writer;
    private final Recorder recorder;
    private final RecordingProxy proxy;
    private final InetSocketAddress address;
    private final LiveCounts counts;
    private final long startNanos = System.nanoTime();

    private Recording(
            CaptureWriter writer,
            Recorder recorder,
            RecordingProxy proxy,
            InetSocketAddress address,
            LiveCounts counts) {
        this.address = address;
        this.writer = writer;
        this.recorder = recorder;
        this.proxy = proxy;
        this.counts = counts;
    }

    /** Opens a capture in the store and listens; leaves nothing behind when either cannot be done. */
    static Recording start(ProxyConfig config, Path store, RecorderOptions options, WriterOptions writerOptions) {
        return start(config, store, Redaction.standard(), options, writerOptions);
    }

    /** As above, with a redaction of the caller's. */
    static Recording start(
            ProxyConfig config, Path store, Redaction redaction, RecorderOptions options, WriterOptions writerOptions) {
        TrafficFilter filter = options.filter().tellingPaths(redaction::target);
        CaptureWriter writer = CaptureWriter.create(
                store,
                new ManifestSeed(
                        Role.RECORDED,
                        Version.product(),
                        Addresses.origin(config.listen()),
                        config.upstreams().stream().map(Upstream::name).toList(),
                        redaction.describe(),
                        null,
                        filter.rules()),
                writerOptions);
        Recorder recorder = Recorder.start(
                writer,
                redaction,
                options.withFilter(filter),
                writerOptions.clocks().monotonicNanos());
        LiveCounts counts = new LiveCounts();
        // Before anyone can connect, so that nothing goes uncounted.
        LiveSubscription unused = recorder.subscribe("live-counts", LIVE_EVENTS, counts);
        try {
            RecordingProxy proxy = RecordingProxy.start(config, recorder);
            InetSocketAddress address = asAsked(config.listen(), proxy.address());
            writer.listen(Addresses.origin(address), relayInfo(config));
            return new Recording(writer, recorder, proxy, address, counts);
        } catch (RuntimeException e) {
            recorder.discard();
            throw e;
        }
    }

    private static RelayInfo relayInfo(ProxyConfig config) {
        PublicUrl publicUrl = config.publicUrl();
        return new RelayInfo(
                config.hostMode().name().toLowerCase(Locale.ROOT),
                config.upstreams().size() > 1 ? config.balance().toString() : "",
                publicUrl == null ? "" : publicUrl.origin(),
                config.forwarded());
    }

    /** Who asks for 0.0.0.0 gets an IPv6 socket that takes both, and is not to be puzzled by its address. */
    private static InetSocketAddress asAsked(InetSocketAddress listen, InetSocketAddress bound) {
        boolean any = bound.getAddress().isAnyLocalAddress() && listen.getAddress() != null;
        return any ? new InetSocketAddress(listen.getAddress(), bound.getPort()) : bound;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return address;
    }

    /** The capture's folder. */
    Path folder() {
        return writer.folder();
    }

    /** Exchanges that stopping waits for. */
    int callsInFlight() {
        return proxy.stats().calls();
    }

    RecordingProxy proxy() {
        return proxy;
    }

    /** What an operator must hear of even when told nothing else. */
    Supplier<String> news() {
        RecordingNews trouble = new RecordingNews(recorder::status, System::nanoTime);
        RetentionNews retention = new RetentionNews(writer::retention);
        return () -> {
            String line = trouble.get();
            return line.isEmpty() ? retention.get() : line;
        };
    }

    /** What was removed from the store meanwhile. */
    RetentionStatus retention() {
        return writer.retention();
    }

    /** One line on how it goes. */
    String progress() {
        return RecordingWords.progress(
                recorder.status(), counts.sessions(), counts.calls(), System.nanoTime() - startNanos);
    }

    LiveCounts counts() {
        return counts;
    }

    /**
     * Stops taking connections, lets calls in flight finish for a while, empties the lanes and ends the capture.
     *
     * @throws dev.mcpreel.captures.store.CaptureException when the disk does not let the capture be ended
     */
    Manifest stop(Duration grace) {
        proxy.close(grace);
        return recorder.close(Ending.COMPLETE);
    }

    /** After a failure: the capture stays without an end, and reads as interrupted. */
    @Override
    public void close() {
        proxy.close(Duration.ZERO);
        writer.close();
    }
}
