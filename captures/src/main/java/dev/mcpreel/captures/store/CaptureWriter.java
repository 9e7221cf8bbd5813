package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Writes one capture. Thread-safe; one thread of its own, {@code capture-writer}, does all the writing. Once created it
 * never throws for want of disk: what cannot be written is dropped and counted, see {@link #status()}.
 */
public final class CaptureWriter implements AutoCloseable {
    private final RunFolder run;
    private final WriterOptions options;
    private final FrameQueue queue;
    private final LogWriter writer;
    private final WriterThread thread;
    private final List<CaptureAppender> appenders = new CopyOnWriteArrayList<>();
    private Manifest manifest;
    private boolean closed;

    private CaptureWriter(
            RunFolder run, WriterOptions options, FrameQueue queue, LogWriter writer, WriterThread thread) {
        this.run = run;
        this.options = options;
        this.queue = queue;
        this.writer = writer;
        this.thread = thread;
        this.manifest = run.manifest();
    }

    /**
     * Makes the run's folder in the store, writes its manifest and starts the writer thread.
     *
     * @param storeDir created when missing
     * @throws CaptureException when the folder or the log cannot be made, or the disk has no room for it
     */
    public static CaptureWriter create(Path storeDir, ManifestSeed seed, WriterOptions options) {
        Clocks clocks = options.clocks();
        ClockAnchor anchor = new ClockAnchor(
                clocks.monotonicNanos().getAsLong(), clocks.wallNanos().getAsLong());
        // The wall clock may be set back; this one may not, because it names the files.
        LongSupplier steadyWall = () -> anchor.wallOf(clocks.monotonicNanos().getAsLong());
        return create(storeDir, seed, options, log -> ChronicleLog.create(log, steadyWall), anchor);
    }

    /** Makes a log in a folder that does not exist; called on the writer thread. */
    interface LogFactory {
        LogSink create(Path log) throws Exception;
    }

    static CaptureWriter create(
            Path storeDir, ManifestSeed seed, WriterOptions options, LogFactory logs, ClockAnchor anchor) {
        ChronicleLog.checkOpens();
        RunFolder run = RunFolder.create(storeDir, seed, anchor, options);
        FrameQueue queue = new FrameQueue(options.limits().queueBytes());
        SpaceGuard space = new SpaceGuard(
                options.freeSpace(), run.folder(), options.limits().reserveBytes());
        LogWriter writer = new LogWriter(queue, number -> logs.create(run.log(number)), space, options, anchor);
        try {
            return new CaptureWriter(run, options, queue, writer, WriterThread.start(writer));
        } catch (CaptureException e) {
            run.discard();
            throw e;
        }
    }

    /** The run's folder. */
    public Path folder() {
        return run.folder();
    }

    /** The manifest as it stands on disk. */
    public synchronized Manifest manifest() {
        return manifest;
    }

    /** A handle for one thread; any number of them. */
    public CaptureAppender newAppender() {
        CaptureAppender appender =
                new CaptureAppender(queue, options.limits(), options.clocks().monotonicNanos());
        appenders.add(appender);
        return appender;
    }

    /** How it does, at most one sync interval old. */
    public WriterStatus status() {
        return writer.status();
    }

    /** The last durable record, -1 before the first. */
    public long syncedSeq() {
        return writer.syncedSeq();
    }

    /**
     * Writes down where clients connect, once that is known, and how they are relayed, on disk at once.
     *
     * @throws CaptureException when it cannot be written
     */
    public synchronized void listen(String origin, RelayInfo relay) {
        write(manifest.withListen(origin, relay));
    }

    /**
     * Replaces what the manifest says of the replay, on disk at once.
     *
     * @throws CaptureException when it cannot be written
     */
    public synchronized void replay(ReplayInfo info) {
        write(manifest.withReplay(info));
    }

    /**
     * Ends the capture: flushes the appenders, whose threads must be done with them, drains, syncs, writes the manifest
     * and lets go of the folder. A second call returns the same manifest.
     *
     * @throws CaptureException when the manifest cannot be written; the log is then closed all the same
     */
    public synchronized Manifest close(Ending how, SourceCounts source) {
        if (closed) {
            return manifest;
        }
        closed = true;
        drain();
        try {
            write(manifest.ended(
                    RunFolder.isoInstant(options.clocks().wallNanos().getAsLong()),
                    how,
                    counts(writer.status(), source)));
        } finally {
            run.unlock();
        }
        return manifest;
    }

    /**
     * Lets go without an ending, so that the capture reads as interrupted; does nothing after
     * {@link #close(Ending, SourceCounts)}.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            drain();
            run.unlock();
        }
    }

    /** Removes a capture that has nothing to tell; does nothing once it is closed. */
    public synchronized void discard() {
        if (!closed) {
            closed = true;
            drain();
            run.discard();
        }
    }

    /** For tests: a frame that no appender would make. */
    void put(byte[] frame) {
        queue.put(frame);
    }

    private void drain() {
        appenders.forEach(CaptureAppender::close);
        queue.close();
        thread.join();
    }

    private void write(Manifest next) {
        try {
            ManifestFile.write(run.folder(), next);
            manifest = next;
        } catch (IOException e) {
            throw new CaptureException(
                    Category.FAILED,
                    "cannot write the manifest of " + run.folder() + " (" + e.getMessage()
                            + "); its log is closed and can be read",
                    e);
        }
    }

    private static Counts counts(WriterStatus written, SourceCounts source) {
        Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
        lost.putAll(source.lost());
        written.lost().forEach((reason, count) -> lost.merge(reason, count, Long::sum));
        long sum = written.recorded() + sum(source.filtered()) + sum(lost);
        return new Counts(
                source.seen() < 0 ? sum : source.seen(),
                written.recorded(),
                source.filtered(),
                lost,
                written.records(),
                written.bytes(),
                written.steps(),
                written.lostSteps() + source.lostSteps());
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
