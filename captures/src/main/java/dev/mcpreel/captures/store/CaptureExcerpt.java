package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A new capture of some of what another one holds. Reads that twice, first to choose and then to copy, and never writes to it.
 * Nothing of it is removed before this is closed. For one thread.
 */
public final class CaptureExcerpt implements AutoCloseable {
    private static final String WHAT = "cut";

    private final CapturePath path;
    private final Path storeDir;
    private final ReadLock whole;
    private final Manifest manifest;
    private final Survey survey = new Survey();
    private long endSeq;

    private CaptureExcerpt(CapturePath path, Path storeDir, ReadLock whole) {
        this.path = path;
        this.storeDir = storeDir;
        this.whole = whole;
        this.manifest = CaptureReader.open(path.folder()).manifest();
    }

    /**
     * Opens a capture, or the newest complete one of a store.
     *
     * @param storeDir where the new one is going to be made
     * @throws CaptureException when there is none, its manifest cannot be read, or the new one would be a part of a capture
     */
    public static CaptureExcerpt open(Path capture, Path storeDir) {
        CapturePath path = CapturePath.resolve(capture);
        checkApart(storeDir);
        ReadLock whole = ReadLock.take(path.folder());
        try {
            return new CaptureExcerpt(path, storeDir, whole);
        } catch (RuntimeException e) {
            whole.close();
            throw e;
        }
    }

    private static void checkApart(Path storeDir) {
        for (Path near = storeDir.toAbsolutePath().normalize(); near != null; near = near.getParent()) {
            if (Files.isDirectory(near) && CaptureStore.isCapture(near)) {
                throw new CaptureException(
                        Category.INPUT,
                        storeDir + " is, or lies in, a capture, which is not written to: name another folder");
            }
        }
    }

    /** That of the capture being read. */
    public Manifest manifest() {
        return manifest;
    }

    public Path folder() {
        return path.folder();
    }

    /**
     * The first pass: hands over every event in the order of the log, as far as that goes now.
     *
     * @throws CaptureException when it is damaged, for then nobody knows whose records are missing
     */
    public VerifyReport survey(Consumer<? super CaptureEvent> events) {
        VerifyReport report = CaptureVerifier.verify(path, this::record, event -> {
            survey.event(event);
            events.accept(event);
        });
        if (!report.ok() || (report.recordsMissing() > 0 && !report.live())) {
            throw new CaptureException(
                    Category.FAILED,
                    path.folder() + " is damaged: copy what can be read to a new capture first, and cut that: mcp-reel"
                            + " salvage " + path.folder() + " --out DIR");
        }
        return report;
    }

    private void record(RecordView record) {
        endSeq = Math.max(endSeq, record.seq + 1);
        survey.record(record);
    }

    /**
     * The second pass: copies what is chosen.
     *
     * @param source what the first pass found
     * @param redaction what is kept from the disk by now, in words
     * @throws CaptureException when it cannot be written; nothing of it is then left behind
     */
    public CutReport write(VerifyReport source, CutChoice choice, List<String> redaction, WriterOptions options) {
        Clocks clocks = options.clocks();
        ClockAnchor now = new ClockAnchor(
                clocks.monotonicNanos().getAsLong(), clocks.wallNanos().getAsLong());
        LongSupplier steadyWall = () -> now.wallOf(clocks.monotonicNanos().getAsLong());
        RunFolder run = RunFolder.create(storeDir, seed(redaction), now, options);
        try {
            LogSink log = ChronicleLog.create(run.log(1), steadyWall);
            SpaceGuard space = new SpaceGuard(
                    options.freeSpace(), run.folder(), options.limits().reserveBytes());
            ExcerptCopy copy = new ExcerptCopy(new CopyLog(log, space, WHAT), choice, manifest.anchor(), endSeq);
            try {
                new LogReader(copy::event, copy::record, event -> true, manifest.removed()).read(path.folder());
                copy.end();
            } finally {
                log.close();
            }
            Manifest ended = ended(run.manifest(), choice.info(), source, copy);
            ManifestFile.write(run.folder(), ended);
            run.unlock();
            return new CutReport(source, run.folder(), ended);
        } catch (CaptureException e) {
            run.discard();
            throw e;
        } catch (IOException e) {
            run.discard();
            throw CopyLog.refused(run.folder(), WHAT, PathTrouble.inWords(run.folder(), "write to", e), e);
        } catch (Exception | Error e) {
            run.discard();
            throw CopyLog.refused(run.folder(), WHAT, String.valueOf(e.getMessage()), e);
        }
    }

    private ManifestSeed seed(List<String> redaction) {
        return new ManifestSeed(
                manifest.role(),
                manifest.product(),
                manifest.listen(),
                manifest.upstreams(),
                redaction,
                manifest.replay(),
                manifest.filter());
    }

    private Manifest ended(Manifest made, CutInfo chosen, VerifyReport source, ExcerptCopy copy) {
        CutInfo info = new CutInfo(
                String.valueOf(path.folder().toAbsolutePath().normalize().getFileName()),
                chosen.by(),
                chosen.sessions(),
                copy.exchanges());
        boolean open = manifest.ending() == Ending.OPEN;
        String at = open ? RunFolder.isoInstant(survey.lastWallNanos()) : Objects.requireNonNull(manifest.endedAt());
        return made.cutOutOf(manifest, info, copy.tally().steps() < source.steps())
                .ended(
                        at,
                        open ? Ending.STOPPED : manifest.ending(),
                        ExcerptCounts.of(source, survey.wholeness(), copy.tally()));
    }

    @Override
    public void close() {
        whole.close();
    }
}
