package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture while it is being written, from its first record on. It looks when it is asked to, reads only, and holds no
 * lock and at most one file open, so that it delays neither the writer nor retention. For one thread.
 */
public final class CaptureFollower implements AutoCloseable {
    /** What is to be expected of a capture. */
    public enum State {
        /** Its writer is at work. */
        GOING_ON,
        /** It has its end, and everything was handed over. */
        ENDED,
        /** It has no end and no writer; everything was handed over. */
        INTERRUPTED
    }

    private static final Comparator<Path> ORDER = Comparator.comparingInt(
                    (Path file) -> log(file).getFileName().toString().length())
            .thenComparing(file -> log(file).getFileName().toString())
            .thenComparing(file -> file.getFileName().toString());

    private final Path folder;
    private final LogReader reader;
    private final LogWalker walker;
    private final byte[] window = new byte[LogFile.WINDOW];
    private Manifest manifest;
    private @Nullable Path path;
    private @Nullable LogFile file;
    private long at;
    private boolean over;

    private CaptureFollower(Path folder, Manifest manifest, Consumer<? super CaptureEvent> sink) {
        this.folder = folder;
        this.manifest = manifest;
        this.reader = new LogReader(sink, record -> {}, event -> true, manifest.removed());
        this.walker = new LogWalker(reader);
    }

    /**
     * Begins to follow.
     *
     * @param capture a capture's folder
     * @param sink gets every event in the order of the log, while {@link #poll} is called
     * @throws CaptureException when it is none, or its manifest cannot be read
     */
    public static CaptureFollower open(Path capture, Consumer<? super CaptureEvent> sink) {
        return new CaptureFollower(capture, CaptureReader.open(capture).manifest(), sink);
    }

    /** The newest capture of a store that is being written now. */
    public static Optional<Path> newestLive(Path storeDir) {
        return CaptureStore.runs(storeDir).stream()
                .filter(run -> FolderLock.isHeld(run) && Files.exists(run.resolve(ManifestFile.NAME)))
                .findFirst();
    }

    /** The capture's folder. */
    public Path folder() {
        return folder;
    }

    /** As it was when the following began, and once that is over as it is in the end. */
    public Manifest manifest() {
        return manifest;
    }

    /** Records that will not come: damaged, or removed by retention before they were reached. */
    public long missing() {
        return reader.missing();
    }

    /**
     * Hands over everything that was written since the last time.
     *
     * @throws CaptureException when a file cannot be read
     */
    public State poll() {
        // The lock first: a writer that has let go has written all there is, its manifest last.
        boolean live = FolderLock.isHeld(folder);
        try {
            drain(live);
        } catch (IOException e) {
            throw new CaptureException(
                    Category.FAILED, "cannot read " + folder + " (" + e + "): check that you may read its files", e);
        }
        if (live) {
            return State.GOING_ON;
        }
        if (!over) {
            over = true;
            reader.end();
            manifest = readManifest();
        }
        return manifest.ending() == Ending.OPEN ? State.INTERRUPTED : State.ENDED;
    }

    private Manifest readManifest() {
        try {
            return ManifestFile.read(folder);
        } catch (CaptureException e) {
            // Retention may have removed the capture with its end.
            return manifest;
        }
    }

    /** A file is whole once there is another behind it: so it is looked for first, and then the file is read to its end. */
    private void drain(boolean live) throws IOException {
        while (true) {
            Path next = next();
            LogFile current = file;
            if (current != null) {
                at = walker.follow(current, at);
                if ((next != null || !live) && walker.isStuck(current, at)) {
                    // What was handed over before is known by its numbers.
                    walker.walk(current);
                    at = current.size();
                }
            }
            if (next == null) {
                return;
            }
            open(next);
        }
    }

    private @Nullable Path next() throws IOException {
        List<Path> files;
        try {
            files = LogWalker.files(folder);
        } catch (NoSuchFileException e) {
            return null;
        }
        Path here = path;
        return files.stream()
                .filter(one -> one.toString().endsWith(LogFile.FILE))
                .filter(one -> here == null || ORDER.compare(one, here) > 0)
                .findFirst()
                .orElse(null);
    }

    private void open(Path next) throws IOException {
        closeFile();
        if (path != null && !log(next).equals(log(path))) {
            reader.nextLog();
        }
        path = next;
        at = 0;
        try {
            file = LogFile.open(next, window);
        } catch (IOException e) {
            if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private static Path log(Path file) {
        Path log = file.getParent();
        return log == null ? file : log;
    }

    private void closeFile() throws IOException {
        LogFile current = file;
        file = null;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void close() {
        try {
            closeFile();
        } catch (IOException e) {
            // Nothing was written through it.
        }
    }
}
