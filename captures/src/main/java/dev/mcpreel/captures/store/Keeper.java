package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the captures of a store within their bounds, in rounds. Of what it may not touch at the moment it tries again in the next
 * round. Used by one thread at a time but for {@link #stop()} and {@link #status()}.
 */
final class Keeper {
    /** What to do with a capture that is nobody else's for the moment. */
    private interface Work {
        void with(Cut cut) throws IOException;
    }

    private final Path store;
    private final Retention retention;
    private final LongSupplier wallNanos;
    private final Cut.Remover remover;
    private final FileProbe probe = new FileProbe();
    private Cut.@Nullable Own own;
    /** Bytes still to be given back. */
    private long excess;

    /** Something is to go that could not be had. */
    private boolean waiting;

    private String trouble = "";
    private volatile boolean stopping;
    private volatile RetentionStatus status = RetentionStatus.NOTHING;

    Keeper(Path store, Retention retention, LongSupplier wallNanos, Cut.Remover remover) {
        this.store = store;
        this.retention = retention;
        this.wallNanos = wallNanos;
        this.remover = remover;
    }

    /** From now on there is a capture being written here. Until then it is expected, and room kept for it. */
    void own(Cut.Own capture) {
        own = capture;
    }

    RetentionStatus status() {
        return status;
    }

    /** Ends a round under way after the file it is at; there is no other round after that. */
    void stop() {
        stopping = true;
    }

    /** Removes what is too much; never throws for want of rights or disk. Returns whether something of it is left. */
    boolean round() {
        trouble = "";
        waiting = false;
        long over = 0;
        try {
            if (Files.isDirectory(store)) {
                probe.keepOnly(StoredCapture.of(store).stream()
                        .flatMap(capture -> capture.files().stream())
                        .collect(Collectors.toSet()));
                finish();
                thinOut();
                expire();
                over = shrink();
            }
        } catch (IOException | RuntimeException | Error e) {
            // Told, and tried again: a keeper that is gone would be missed only when the disk is full.
            failed(store, e);
        }
        RetentionStatus before = status;
        status = new RetentionStatus(before.files(), before.bytes(), before.captures(), over, trouble);
        return waiting;
    }

    /** Removes what is too much in bytes, and nothing else; never throws for want of rights or disk. */
    void makeRoom() {
        try {
            shrink();
        } catch (IOException | RuntimeException | Error e) {
            failed(store, e);
        }
    }

    /** Folders of captures that were all but removed when a process died. */
    private void finish() throws IOException {
        for (StoredCapture capture : StoredCapture.of(store)) {
            if (capture.files().isEmpty()) {
                cut(capture, cut -> {
                    if (cut.isEmptied()) {
                        cut.removeAll();
                    }
                });
            }
        }
    }

    private void thinOut() throws IOException {
        List<StoredCapture> captures = StoredCapture.of(store);
        long extra = captures.size() + (own == null ? 1L : 0) - retention.captures();
        for (StoredCapture capture : captures) {
            if (extra > 0 && !isOwn(capture)) {
                extra--;
                // One that cannot be had is waited for: a newer one is not to go in its place.
                waiting |= !cut(capture, Cut::removeAll);
            }
        }
    }

    private void expire() throws IOException {
        if (!retention.boundsAge()) {
            return;
        }
        long before = wallNanos.getAsLong() - retention.maxAgeNanos();
        for (StoredCapture capture : StoredCapture.of(store)) {
            if (!capture.files().isEmpty() && wasLastChanged(capture.files().get(0), before)) {
                cut(capture, cut -> {
                    while (!stopping && !cut.next().isEmpty() && areOlder(cut.next(), before)) {
                        cut.removeNext();
                    }
                });
            }
        }
    }

    /**
     * By the time of its last change, which costs nothing to ask, and by its newest record, which is not easily wrong. A copy counts
     * from when it was made.
     */
    private boolean areOlder(List<Path> files, long before) throws IOException {
        for (Path file : files) {
            if (!wasLastChanged(file, before) || probe.tally(file).newestWallNanos() >= before) {
                return false;
            }
        }
        return true;
    }

    private static boolean wasLastChanged(Path file, long before) throws IOException {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS) < before;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * The log being written counts as full, and the one after it as begun: so the bound holds while the next log grows and the
     * oldest files go. Returns by how much it does not.
     */
    private long shrink() throws IOException {
        if (!retention.boundsBytes()) {
            return 0;
        }
        List<StoredCapture> captures = StoredCapture.of(store);
        long closed = 0;
        long written = 0;
        for (StoredCapture capture : captures) {
            for (Path file : capture.files()) {
                long bytes = probe.usedBytes(file);
                if (isWritten(capture, file)) {
                    written += bytes;
                } else {
                    closed += bytes;
                }
            }
        }
        long log = retention.rollBytes() + FileProbe.CLAIMED_BYTES;
        excess = closed + Math.max(written, log) + log - retention.maxBytes();
        long wanted = excess;
        for (StoredCapture capture : captures) {
            if (excess > 0) {
                cut(capture, cut -> {
                    while (!stopping && excess > 0 && !cut.next().isEmpty()) {
                        excess -= cut.removeNext();
                    }
                });
            }
        }
        waiting |= excess > 0;
        return Math.max(0, closed + written - (wanted - excess) - retention.maxBytes());
    }

    private boolean isOwn(StoredCapture capture) {
        return own != null && own.folder().equals(capture.folder());
    }

    private boolean isWritten(StoredCapture capture, Path file) {
        Path log = file.getParent();
        return own != null
                && isOwn(capture)
                && log != null
                && StoredCapture.number(log) >= own.rolling().log();
    }

    /** False when the capture is somebody else's for the moment, or the work failed. */
    private boolean cut(StoredCapture capture, Work work) {
        if (stopping) {
            return false;
        }
        try (Cut cut = Cut.begin(capture.folder(), isOwn(capture) ? own : null, probe, remover)) {
            if (cut == null) {
                return false;
            }
            try {
                work.with(cut);
            } finally {
                count(cut);
            }
            return true;
        } catch (IOException e) {
            failed(capture.folder(), e);
            return false;
        }
    }

    private void count(Cut cut) {
        RetentionStatus before = status;
        status = new RetentionStatus(
                before.files() + cut.removedFiles(),
                before.bytes() + cut.freedBytes(),
                before.captures() + (cut.isGone() ? 1 : 0),
                before.overBytes(),
                before.trouble());
    }

    private void failed(Path what, Throwable e) {
        if (trouble.isEmpty()) {
            trouble = "cannot remove from " + what + " (" + e + ")";
        }
    }
}
