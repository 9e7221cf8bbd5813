package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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
    private final Patience patience;
    private final RunManifest manifest;
    private final @Nullable KeeperThread keeper;
    private final List<CaptureAppender> appenders = new CopyOnWriteArrayList<>();
    private boolean closed;

    private CaptureWriter(
            RunFolder run,
            WriterOptions options,
            FrameQueue queue,
            LogWriter writer,
            WriterThread thread,
            RunManifest manifest,
            @Nullable KeeperThread keeper) {
        this.run = run;
        this.options = options;
        this.queue = queue;
        this.writer = writer;
        this.thread = thread;
        this.manifest = manifest;
        this.keeper = keeper;
        this.patience = new Patience(options.clocks().monotonicNanos(), () -> status().stalledNanos());
    }

    /**
     * Makes the run's folder in the store, writes its manifest and starts the writer thread. Nothing of the store is removed before
     * {@link #listen}, but where the disk has no room for a capture: then what is over its bound in bytes.
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
        Retention retention = options.retention();
        Keeper keeper = new Keeper(storeDir, retention, options.clocks().wallNanos(), Cut.fromDisk());
        if (isFull(storeDir, options)) {
            keeper.makeRoom();
        }
        RunFolder run = RunFolder.create(storeDir, seed, anchor, options);
        FrameQueue queue = new FrameQueue(options.limits().queueBytes());
        SpaceGuard space = new SpaceGuard(
                options.freeSpace(), run.folder(), options.limits().reserveBytes());
        Rolling rolling = new Rolling(retention);
        LogSink.Opener opener = number -> logs.create(run.log(number));
        LogWriter writer = new LogWriter(queue, opener, space, run.pulse(), rolling, options, anchor);
        try {
            WriterThread thread = WriterThread.start(writer);
            RunManifest manifest = new RunManifest(run.folder(), run.manifest());
            keeper.own(new Cut.Own(run.folder(), manifest, rolling));
            KeeperThread keeping = retention.isNone() ? null : new KeeperThread(keeper, rolling);
            return new CaptureWriter(run, options, queue, writer, thread, manifest, keeping);
        } catch (CaptureException e) {
            run.discard();
            throw e;
        }
    }

    private static boolean isFull(Path storeDir, WriterOptions options) {
        return Files.isDirectory(storeDir)
                && !new SpaceGuard(
                                options.freeSpace(), storeDir, options.limits().reserveBytes())
                        .enough();
    }

    /** The run's folder. */
    public Path folder() {
        return run.folder();
    }

    /** The manifest as it stands on disk. */
    public Manifest manifest() {
        return manifest.get();
    }

    /** What retention did so far. */
    public RetentionStatus retention() {
        return keeper == null ? RetentionStatus.NOTHING : keeper.status();
    }

    /** A handle for one thread; any number of them. */
    public CaptureAppender newAppender() {
        CaptureAppender appender =
                new CaptureAppender(queue, options.limits(), options.clocks().monotonicNanos());
        appenders.add(appender);
        return appender;
    }

    /**
     * Has the counts of whoever fills the appenders written down from time to time, for a capture that never gets its end.
     *
     * @param source called on the writer thread, so it must not wait; its {@code seen} is not negative
     */
    public void countedBy(Supplier<SourceCounts> source) {
        writer.countedBy(source);
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
     * Writes down where clients connect, once that is known, and how they are relayed, on disk at once. The recording has begun
     * then, so from now on what the store is not to keep is removed.
     *
     * @throws CaptureException when it cannot be written
     */
    public synchronized void listen(String origin, RelayInfo relay) {
        write(before -> before.withListen(origin, relay), Category.FAILED);
        if (keeper != null && !closed) {
            keeper.start();
        }
    }

    /**
     * Replaces what the manifest says of the replay, on disk at once.
     *
     * @throws CaptureException when it cannot be written
     */
    public synchronized void replay(ReplayInfo info) {
        write(before -> before.withReplay(info), Category.FAILED);
    }

    /**
     * Writes down what file the capture is made of, on disk at once.
     *
     * @param relayed how the traffic in it was relayed, null when nobody knows
     * @throws CaptureException when it cannot be written
     */
    public synchronized void imported(ImportInfo info, @Nullable RelayInfo relayed) {
        write(before -> before.withImported(info, relayed), Category.FAILED);
    }

    /** What must end before this does is being ended: from now on the disk has a limited time for all that is left. */
    public void expectEnd() {
        patience.begin();
    }

    /**
     * Whether the disk has had its time: 10 s without any answer, or 30 s since {@link #expectEnd()}. Ending the capture then
     * no longer waits, and nobody who wants to end it should.
     */
    public boolean isHopeless() {
        return patience.isOver();
    }

    /**
     * Ends the capture: flushes the appenders, whose threads must be done with them, drains, syncs, writes the manifest
     * and lets go of the folder. A second call returns the same manifest.
     *
     * @throws CaptureException {@code UNFINISHED} when the disk does not answer in time, see {@link #isHopeless()}, or does
     *     not take the manifest; the capture then has no end
     */
    public synchronized Manifest close(Ending how, SourceCounts source) {
        if (closed) {
            return manifest.get();
        }
        closed = true;
        return patiently(source, () -> {
            drain();
            try {
                Counts counts = counts(writer.status(), source);
                String at = RunFolder.isoInstant(options.clocks().wallNanos().getAsLong());
                return write(before -> before.ended(at, how, counts), Category.UNFINISHED);
            } finally {
                run.unlock();
            }
        });
    }

    /**
     * Ends a capture that is worth nothing unless all that was appended is in it; otherwise nothing of it is left behind.
     *
     * @param how {@link Ending#OPEN} for one that is to read as interrupted
     * @throws CaptureException when the disk did not take all of it
     */
    public synchronized Manifest closeWhole(Ending how, SourceCounts source) {
        if (closed) {
            return manifest.get();
        }
        closed = true;
        return patiently(source, () -> {
            drain();
            WriterStatus written = writer.status();
            if (!written.lost().isEmpty() || written.lostSteps() > 0 || written.suspended() != null) {
                run.discard();
                throw new CaptureException(
                        Category.FAILED,
                        "the disk of " + run.folder().getParent() + " did not take the whole capture ("
                                + (written.suspended() == LossReason.DISK_FULL ? "it is full" : "writing failed")
                                + "); nothing of it is left there: free some space, or name another folder");
            }
            try {
                String at = RunFolder.isoInstant(options.clocks().wallNanos().getAsLong());
                return how == Ending.OPEN
                        ? manifest.get()
                        : write(before -> before.ended(at, how, counts(written, source)), Category.FAILED);
            } catch (CaptureException e) {
                run.discard();
                throw e;
            } finally {
                run.unlock();
            }
        });
    }

    /**
     * Lets go without an ending, so that the capture reads as interrupted; does nothing after
     * {@link #close(Ending, SourceCounts)}.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            patiently(SourceCounts.NONE, () -> {
                drain();
                run.unlock();
                return manifest.get();
            });
        }
    }

    /** Removes a capture that has nothing to tell; does nothing once it is closed. */
    public synchronized void discard() {
        if (!closed) {
            closed = true;
            patiently(SourceCounts.NONE, () -> {
                drain();
                run.discard();
                return run.manifest();
            });
        }
    }

    /** For tests: a frame that no appender would make. */
    void put(byte[] frame) {
        queue.put(frame);
    }

    /** On a thread of its own, because a disk that does not answer keeps whoever asks it, even from being interrupted. */
    private Manifest patiently(SourceCounts source, Supplier<Manifest> ending) {
        expectEnd();
        CompletableFuture<Manifest> done = new CompletableFuture<>();
        Thread closing = new Thread(
                () -> {
                    try {
                        done.complete(ending.get());
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                "capture-closing");
        closing.setDaemon(true);
        closing.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get(20, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (isHopeless()) {
                        throw unfinished(source);
                    }
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof CaptureException known) {
                        throw known;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CaptureException unfinished(SourceCounts source) {
        WriterStatus written = writer.status();
        long told = sum(source.filtered()) + sum(source.lost());
        long missing = source.seen() - told - written.recorded() - sum(written.lost());
        return new CaptureException(
                Category.UNFINISHED,
                "the disk of " + run.folder() + " " + patience.inWords() + ": "
                        + (source.seen() < 0
                                ? ""
                                : "of " + missing + " exchanges it is not known whether they are written; ")
                        + "the capture has no end and reads as interrupted");
    }

    private void drain() {
        appenders.forEach(CaptureAppender::close);
        queue.close();
        thread.join();
        if (keeper != null) {
            keeper.stop();
        }
    }

    private Manifest write(UnaryOperator<Manifest> change, Category failure) {
        try {
            return manifest.update(change);
        } catch (IOException e) {
            throw new CaptureException(
                    failure,
                    "cannot write the manifest of " + run.folder() + ": "
                            + PathTrouble.inWords(run.folder(), "write to", e)
                            + "; what is in its log can be read",
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
