package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes from one capture, oldest first, while nobody reads it. What is about to go is written down in the manifest, and on disk,
 * before it goes.
 */
final class Cut implements AutoCloseable {
    /** The capture being written in this process, of which only the closed logs are to be had. */
    record Own(Path folder, RunManifest manifest, Rolling rolling) {}

    /** Deletes a file that may be gone already. */
    interface Remover {
        void delete(Path file) throws IOException;
    }

    private static final String METADATA = "metadata.cq4t";

    private final CutLock lock;
    private final Path folder;
    private final @Nullable Own own;
    private final FileProbe probe;
    private final Remover remover;
    private final Deque<Path> files;
    private @Nullable Manifest manifest;
    private long removedFiles;
    private long freedBytes;
    private boolean gone;

    private Cut(CutLock lock, Path folder, @Nullable Own own, FileProbe probe, Remover remover) throws IOException {
        this.lock = lock;
        this.folder = folder;
        this.own = own;
        this.probe = probe;
        this.remover = remover;
        this.manifest = own == null ? readable(folder) : own.manifest().get();
        this.files = new ArrayDeque<>(StoredCapture.at(folder).files());
        files.removeIf(this::isWritten);
    }

    /**
     * Null while the capture is being read, or written by another, and for one of a newer format.
     *
     * @param own null for every other capture
     */
    static @Nullable Cut begin(Path folder, @Nullable Own own, FileProbe probe, Remover remover) throws IOException {
        CutLock lock = CutLock.tryTake(folder);
        if (lock == null) {
            return null;
        }
        try {
            // Asked of the file just locked: one that could not be opened would say that nobody writes.
            if (own == null && lock.isWritten()) {
                lock.close();
                return null;
            }
            return new Cut(lock, folder, own, probe, remover);
        } catch (CaptureException e) {
            lock.close();
            return null;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Null where there is none. One that could not be read is no reason to remove its capture: that may pass. */
    private static @Nullable Manifest readable(Path folder) throws IOException {
        try {
            return ManifestFile.read(folder);
        } catch (CaptureException e) {
            if (e.category() != Category.DAMAGED) {
                throw e;
            }
            if (e.getCause() instanceof IOException failure && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return null;
        }
    }

    private boolean isWritten(Path file) {
        Path log = file.getParent();
        return own != null
                && log != null
                && StoredCapture.number(log) >= own.rolling().log();
    }

    /**
     * The files that go next: the oldest, or all at once where a part would be worth nothing. Of a replay the numbers would be
     * wrong, and a manifest that cannot be read cannot say what is gone.
     */
    List<Path> next() {
        boolean whole = own == null && (manifest == null || manifest.role() == Role.REPLAYED);
        return files.isEmpty() ? List.of() : whole ? List.copyOf(files) : List.of(files.element());
    }

    /** Removes what goes next, and the capture with its last file; returns the bytes it gives back. */
    long removeNext() throws IOException {
        long before = freedBytes;
        if (own == null && next().size() == files.size()) {
            removeAll();
        } else {
            removeOldest();
        }
        return freedBytes - before;
    }

    private void removeOldest() throws IOException {
        Path file = files.element();
        FileTally tally = probe.tally(file);
        Manifest said = manifest;
        if (said == null) {
            return;
        }
        Removed before = Removed.before(said);
        // Whoever was here before may have come no further than to write it down.
        boolean told = tally.lastSeq() >= 0 && tally.lastSeq() < before.beforeSeq();
        if (!told) {
            tell(Removed.plus(before, tally, firstSeqBehind(file)));
        }
        removeFile(file);
    }

    /** -1 when nothing can be read there. */
    private long firstSeqBehind(Path file) throws IOException {
        List<Path> all = StoredCapture.at(folder).files();
        int next = all.indexOf(file) + 1;
        return next < all.size() ? probe.tally(all.get(next)).firstSeq() : -1;
    }

    /** Removes the whole capture, with nothing in it that a recorder did not make. */
    void removeAll() throws IOException {
        if (manifest != null) {
            tell(Removed.all(manifest, files.size()));
        }
        while (!files.isEmpty()) {
            removeFile(files.element());
        }
        for (Path log : StoredCapture.logs(folder)) {
            removeLog(log);
        }
        remover.delete(folder.resolve(ManifestFile.TEMPORARY));
        remover.delete(folder.resolve(LockFile.NAME));
        // Last, because it is what says that the rest is to go.
        remover.delete(folder.resolve(ManifestFile.NAME));
        removeFolder(folder);
        gone = true;
    }

    /** Whether somebody was about to remove all of it, and came no further than to its last file. */
    boolean isEmptied() {
        return own == null && files.isEmpty() && manifest != null && manifest.removed() != null;
    }

    private void tell(Removed removed) throws IOException {
        if (own != null) {
            manifest = own.manifest().update(before -> before.withRemoved(removed));
        } else if (manifest != null) {
            Manifest next = manifest.withRemoved(removed);
            ManifestFile.write(folder, next);
            manifest = next;
        }
    }

    private void removeFile(Path file) throws IOException {
        long bytes = probe.usedBytes(file);
        remover.delete(file);
        files.remove();
        removedFiles++;
        freedBytes += bytes;
        Path log = file.getParent();
        if (log != null && files.stream().noneMatch(other -> log.equals(other.getParent()))) {
            removeLog(log);
        }
    }

    private void removeLog(Path log) throws IOException {
        remover.delete(log.resolve(METADATA));
        removeFolder(log);
    }

    private void removeFolder(Path path) throws IOException {
        try {
            remover.delete(path);
        } catch (DirectoryNotEmptyException e) {
            // Something in it is not ours.
        }
    }

    long removedFiles() {
        return removedFiles;
    }

    long freedBytes() {
        return freedBytes;
    }

    /** Whether nothing of the capture is left. */
    boolean isGone() {
        return gone;
    }

    /** For the default way. */
    static Remover fromDisk() {
        return Files::deleteIfExists;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
