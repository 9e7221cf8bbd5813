package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterStatus;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records traffic and what a replay says of itself into one capture. One lane for each event loop leads to a recorder
 * thread that redacts and appends; nothing on an event loop ever waits for it.
 *
 * <p>Threads: every method may be called from any thread, a tap only from its own loop. {@link #close(Ending)} wants the
 * traffic to have ended.
 */
public final class Recorder implements TrafficTap, RunTap, AutoCloseable {
    /** Shorter waits are a disk's daily life. */
    private static final long TOLD_STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CaptureWriter writer;
    private final RecorderOptions options;
    private final StepLane steps;
    private final List<RecorderThread> recorders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final Map<EventLoop, Lane> laneOfLoop = new ConcurrentHashMap<>();
    private final List<LiveSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicLong lastExchange = new AtomicLong();
    private final AtomicLong lastConnection = new AtomicLong();
    private @Nullable Manifest closed;

    private Recorder(CaptureWriter writer, Redaction redaction, RecorderOptions options, LongSupplier nanoTime) {
        this.writer = writer;
        this.options = options;
        this.steps = new StepLane(nanoTime);
        for (int i = 0; i < options.threads(); i++) {
            RecorderThread recorder = new RecorderThread(
                    writer.newAppender(),
                    redaction.fork(),
                    i == 0 ? steps : null,
                    subscriptions,
                    nanoTime,
                    new AssemblyBudget(options.assemblyBytes()));
            recorders.add(recorder);
            Thread thread = new Thread(recorder, "recorder-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /**
     * Starts recording into an open capture, which the recorder closes in the end.
     *
     * @param nanoTime the monotonic clock the capture's events are timed with
     */
    public static Recorder start(
            CaptureWriter writer, Redaction redaction, RecorderOptions options, LongSupplier nanoTime) {
        Recorder recorder = new Recorder(writer, redaction, options, nanoTime);
        writer.countedBy(recorder::counts);
        recorder.threads.forEach(Thread::start);
        return recorder;
    }

    /**
     * Lets a reader see the events on their way to the log, behind redaction.
     *
     * @param capacity events that may wait for it, with at most 8 MiB of bodies; more are lost to it, not to the log
     * @param reader called on a thread of its own, named as given
     */
    public LiveSubscription subscribe(String name, int capacity, Consumer<? super CaptureEvent> reader) {
        LiveSubscription subscription = new LiveSubscription(name, capacity, reader);
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public long newConnectionId() {
        return lastConnection.incrementAndGet();
    }

    @Override
    public ExchangeTap begin(EventLoop loop, long connectionId, String peer) {
        Lane lane = laneOfLoop.get(loop);
        if (lane == null) {
            lane = laneOfLoop.computeIfAbsent(loop, unused -> newLane());
        }
        return new LaneTap(lane, options.filter(), lastExchange.incrementAndGet(), connectionId, peer);
    }

    private Lane newLane() {
        synchronized (lanes) {
            Lane lane = new Lane(
                    lanes.size(),
                    options.laneBytes(),
                    options.filter().reasons().size());
            lanes.add(lane);
            recorders.get(lane.index() % recorders.size()).add(lane);
            return lane;
        }
    }

    @Override
    public int nameId(String name) {
        return steps.nameId(name);
    }

    @Override
    public void step(StepRecord step) {
        steps.step(step);
    }

    @Override
    public void sample(RunSample sample) {
        steps.sample(sample);
    }

    @Override
    public long lostSteps() {
        return steps.lostSteps() + writer.status().lostSteps();
    }

    public RecorderStatus status() {
        WriterStatus log = writer.status();
        SourceCounts here = counts();
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.putAll(here.lost());
        log.lost().forEach((reason, exchanges) -> lost.merge(reason, exchanges, Long::sum));
        return new RecorderStatus(here.seen(), log.recorded(), here.filtered(), lost, log.bytes(), trouble(log));
    }

    private String trouble(WriterStatus log) {
        if (log.stalledNanos() >= TOLD_STALL_NANOS) {
            return "the disk has not answered for " + TimeUnit.NANOSECONDS.toSeconds(log.stalledNanos()) + " s";
        }
        LossReason suspended = log.suspended();
        return suspended == null ? recorderTrouble() : trouble(suspended);
    }

    /**
     * Empties the lanes, ends the capture and returns its manifest. Later calls return the same.
     *
     * @throws dev.mcpreel.captures.store.CaptureException when the disk does not take the rest or does not answer in time; the
     *     capture then reads as interrupted
     */
    public synchronized Manifest close(Ending ending) {
        if (closed == null) {
            empty();
            closed = writer.close(ending, counts());
        }
        return closed;
    }

    /** Ends the recorder and removes its capture, for a recording that never began. */
    public synchronized void discard() {
        if (closed == null) {
            empty();
            writer.discard();
        }
    }

    /** Recorder threads wait for room in front of a writer that waits for its disk: only so long. */
    private void empty() {
        writer.expectEnd();
        recorders.forEach(RecorderThread::finish);
        threads.forEach(this::join);
        subscriptions.forEach(LiveSubscription::close);
    }

    /** As {@link #close(Ending)} with {@link Ending#COMPLETE}. */
    @Override
    public void close() {
        close(Ending.COMPLETE);
    }

    /** Any thread. What was seen is asked for last, so that it is never less than what became of it. */
    private SourceCounts counts() {
        long lostSteps = steps.lostSteps();
        Map<LossReason, Long> lost = lostHere();
        Map<String, Long> filtered = filtered();
        return new SourceCounts(sum(Lane::seenExchanges), filtered, lost, lostSteps);
    }

    private Map<String, Long> filtered() {
        Map<String, Long> filtered = new LinkedHashMap<>();
        List<String> reasons = options.filter().reasons();
        for (int i = 0; i < reasons.size(); i++) {
            int reason = i;
            filtered.merge(reasons.get(i), sum(lane -> lane.filteredExchanges(reason)), Long::sum);
        }
        filtered.values().removeIf(exchanges -> exchanges == 0);
        return filtered;
    }

    private Map<LossReason, Long> lostHere() {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.put(LossReason.LANE_FULL, sum(Lane::lostExchanges));
        lost.put(LossReason.RECORDER_FAULT, faultyExchanges());
        lost.values().removeIf(exchanges -> exchanges == 0);
        return lost;
    }

    private long faultyExchanges() {
        return recorders.stream().mapToLong(RecorderThread::faultyExchanges).sum();
    }

    private String recorderTrouble() {
        return recorders.stream()
                .map(RecorderThread::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .findFirst()
                .orElse("");
    }

    private long sum(Count count) {
        long sum = 0;
        for (Lane lane : lanes) {
            sum += count.of(lane);
        }
        return sum;
    }

    private static String trouble(LossReason reason) {
        return switch (reason) {
            case LANE_FULL -> "the recorder is too slow";
            case DISK_FULL -> "the disk is full";
            case WRITE_FAILED -> "the log cannot be written";
            case RECORDER_FAULT -> "the recorder failed";
            case DAMAGED -> "the log was damaged";
        };
    }

    private void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && !writer.isHopeless()) {
            try {
                thread.join(20);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of a lane's counters. */
    private interface Count {
        long of(Lane lane);
    }
}
