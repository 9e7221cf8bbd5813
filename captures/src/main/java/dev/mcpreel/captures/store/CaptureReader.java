package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads one capture, also one that is still being written or was never ended. Holds no file open between calls.
 * Thread-safe.
 */
public final class CaptureReader {
    private final CapturePath path;
    private final boolean live;
    private volatile Manifest manifest;

    private CaptureReader(CapturePath path, Manifest manifest, boolean live) {
        this.path = path;
        this.manifest = manifest;
        this.live = live;
    }

    /**
     * Opens a capture, or the newest complete one of a store; where none is complete, the newest.
     *
     * @param given a capture's folder or a store
     * @throws CaptureException when there is none, or its manifest cannot be read or is of a newer format
     */
    public static CaptureReader open(Path given) {
        CapturePath path = CapturePath.resolve(given);
        // The lock first: a writer that ends in between leaves a manifest that says so.
        boolean live = FolderLock.isHeld(path.folder());
        return new CaptureReader(path, manifest(path.folder()), live);
    }

    private static Manifest manifest(Path folder) {
        try {
            return ManifestFile.read(folder);
        } catch (CaptureException e) {
            if (e.category() != Category.DAMAGED) {
                throw e;
            }
            throw new CaptureException(
                    Category.DAMAGED,
                    folder + ": " + e.getMessage()
                            + "; the log beside it may be whole: see what `mcp-reel verify` says of the folder",
                    e);
        }
    }

    /** The capture's folder. */
    public Path folder() {
        return path.folder();
    }

    /** Whether a store was given, and the folder chosen out of it. */
    public boolean chosenFromStore() {
        return path.fromStore();
    }

    /**
     * Captures of the store that are newer than the one chosen out of it and were passed over, because they have no end or
     * their manifest cannot be read; newest first. Empty where a capture was given, or none of the store is complete.
     */
    public List<Path> newerSkipped() {
        return path.newerSkipped();
    }

    /** As it was when the capture was opened, or last read. */
    public Manifest manifest() {
        return manifest;
    }

    /** Whether a writer was at work on it when it was opened. */
    public boolean live() {
        return live && manifest.ending() == Ending.OPEN;
    }

    /** Whether it never ended and no writer is at work on it. */
    public boolean interrupted() {
        return !live && manifest.ending() == Ending.OPEN;
    }

    /**
     * Hands over every event in log order, in bounded memory; as far as the log went when this was called. Damage is
     * stepped over and told in the summary. Where retention removed the oldest records, exchanges that began in them are
     * left out; nothing more is removed while this is under way.
     *
     * @throws CaptureException when a file cannot be read
     */
    public ReadSummary read(Consumer<? super CaptureEvent> sink) {
        return readLogged((event, incomplete) -> sink.accept(event));
    }

    /** As {@link #read(Consumer)}, with what the log says of the ends of exchanges. */
    public ReadSummary readLogged(LoggedSink sink) {
        ReadLock whole = ReadLock.take(path.folder());
        try {
            refresh();
            Removed removed = manifest.removed();
            Predicate<CaptureEvent> wanted = removed == null ? event -> true : new Beginnings();
            boolean[] incomplete = {false};
            return new LogReader(
                            event -> sink.accept(event, event.kind() == EventKind.EXCHANGE_END && incomplete[0]),
                            record -> incomplete[0] = record.incomplete(),
                            wanted,
                            removed)
                    .read(path.folder());
        } finally {
            whole.close();
        }
    }

    /** Something may have been removed since it was opened. */
    private void refresh() {
        try {
            manifest = ManifestFile.read(path.folder());
        } catch (CaptureException e) {
            // Gone or spoilt since; what the log itself says is still to be had.
        }
    }
}
