package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Copies every intact record of a capture into a new capture, which is whole again and says what is missing. Never writes
 * to the one it reads. Reads it twice, so that the memory it takes does not grow with it.
 */
public final class CaptureSalvager {
    private static final int MAX_FILES = 100;
    private static final String WHAT = "salvaged capture";

    private final CapturePath path;
    private final VerifyReport source;
    private final Survey survey;
    private final ClockAnchor anchor;

    private CaptureSalvager(CapturePath path, VerifyReport source, Survey survey) {
        this.path = path;
        this.source = source;
        this.survey = survey;
        Manifest manifest = source.manifest();
        this.anchor = manifest == null ? survey.anchor() : manifest.anchor();
    }

    /**
     * Salvages a capture, damaged or not.
     *
     * @param capture the capture's folder
     * @param storeDir where the new one is made; created when missing
     * @param product name and version of the program, for a capture whose manifest does not tell
     * @throws CaptureException when it is no capture, is being written, or holds nothing that can be read, and when the new
     *     one cannot be written; nothing of that is then left behind
     */
    public static SalvageReport salvage(Path capture, Path storeDir, String product, WriterOptions options) {
        Clocks clocks = options.clocks();
        long start = clocks.monotonicNanos().getAsLong();
        long wall = clocks.wallNanos().getAsLong();
        LongSupplier steadyWall = () -> wall + (clocks.monotonicNanos().getAsLong() - start);
        return salvage(capture, storeDir, product, options, log -> ChronicleLog.create(log, steadyWall));
    }

    static SalvageReport salvage(
            Path capture, Path storeDir, String product, WriterOptions options, CaptureWriter.LogFactory logs) {
        CapturePath path = CapturePath.resolve(capture);
        check(capture, path, storeDir);
        ReadLock whole = ReadLock.take(path.folder());
        try {
            Survey survey = new Survey();
            VerifyReport source = CaptureVerifier.verify(path, survey::record, survey::event);
            if (source.log().records() == 0) {
                throw new CaptureException(
                        Category.FAILED,
                        "there is nothing to salvage: " + capture + " holds no record that can be read");
            }
            return new CaptureSalvager(path, source, survey).copy(storeDir, product, options, logs);
        } finally {
            whole.close();
        }
    }

    private static void check(Path given, CapturePath path, Path storeDir) {
        if (path.fromStore()) {
            throw new CaptureException(
                    Category.INPUT,
                    given + " is a folder of captures: name the one to salvage, for example " + path.folder());
        }
        if (FolderLock.isHeld(path.folder())) {
            throw new CaptureException(
                    Category.FAILED, given + " is being recorded: stop its recorder first, or wait until it has ended");
        }
        try {
            Path near = storeDir.toAbsolutePath().normalize();
            while (near.getParent() != null && !Files.exists(near)) {
                near = near.getParent();
            }
            if (near.toRealPath().startsWith(path.folder().toRealPath())) {
                throw new CaptureException(
                        Category.INPUT,
                        storeDir + " lies in the capture to be salvaged, which is not written to: name another folder");
            }
        } catch (IOException e) {
            // Making the new one will say what is wrong with the folder.
        }
    }

    private SalvageReport copy(Path storeDir, String product, WriterOptions options, CaptureWriter.LogFactory logs) {
        RunFolder run = RunFolder.create(storeDir, seed(product), anchor, options);
        try {
            Manifest begun = begun(run.manifest());
            ManifestFile.write(run.folder(), begun);
            LogSink log = logs.create(run.log(1));
            SpaceGuard space = new SpaceGuard(
                    options.freeSpace(), run.folder(), options.limits().reserveBytes());
            SalvageCopy copy =
                    new SalvageCopy(new CopyLog(log, space, WHAT), source.log().holes());
            try {
                copyTo(copy);
            } finally {
                log.close();
            }
            Manifest ended =
                    begun.ended(endedAt(), ending(), SalvageCounts.of(source, survey.wholeness(), copy.tally()));
            ManifestFile.write(run.folder(), ended);
            run.unlock();
            return new SalvageReport(source, run.folder(), ended);
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

    private void copyTo(SalvageCopy copy) throws Exception {
        if (!survey.beginsWithAnchor()) {
            copy.begin(anchor);
        }
        Manifest old = source.manifest();
        new LogReader(event -> {}, copy::record, event -> true, old == null ? null : old.removed()).read(path.folder());
        if (copy.copied() != source.log().records()) {
            throw new CaptureException(
                    Category.FAILED,
                    path.folder() + " gave " + source.log().records() + " records and then " + copy.copied()
                            + ": it is being changed, or its disk is failing; copy its folder to another disk first");
        }
        copy.end(source.recordsMissing() - source.log().missing());
    }

    private ManifestSeed seed(String product) {
        Manifest old = source.manifest();
        return old == null
                ? new ManifestSeed(
                        survey.role(),
                        product,
                        "",
                        survey.upstreams(),
                        List.of("not known: the manifest of the original could not be read"),
                        null)
                : new ManifestSeed(
                        old.role(),
                        old.product(),
                        old.listen(),
                        old.upstreams(),
                        old.redaction(),
                        old.replay(),
                        old.filter());
    }

    private Manifest begun(Manifest made) {
        Manifest old = source.manifest();
        List<String> files = source.log().damaged().stream()
                .map(DamagedRegion::file)
                .distinct()
                .limit(MAX_FILES)
                .toList();
        SalvageInfo info = new SalvageInfo(
                String.valueOf(path.folder().toAbsolutePath().normalize().getFileName()),
                source.log().records(),
                source.recordsMissing(),
                source.log().damagedBytes(),
                files);
        return made.salvaged(old, info);
    }

    /** What had no end, and what is not known to have had one, was stopped. */
    private Ending ending() {
        Manifest old = source.manifest();
        return old == null || old.ending() == Ending.OPEN ? Ending.STOPPED : old.ending();
    }

    private String endedAt() {
        Manifest old = source.manifest();
        String at = old == null ? null : old.endedAt();
        return at == null ? RunFolder.isoInstant(survey.lastWallNanos()) : at;
    }
}
