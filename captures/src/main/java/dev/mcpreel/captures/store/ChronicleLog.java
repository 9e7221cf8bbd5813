package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/** A queue of raw records. The thread that opens it is the one that uses it. */
final class ChronicleLog implements LogSink {
    /** What is mapped, and so claimed on the disk, at a time; see RATIONALE.md. */
    static final int BLOCK_BYTES = 4 << 20;

    /** What keeps a broken write lock from holding up the writer thread for the default of 15 s. */
    private static final long LOCK_TIMEOUT_MILLIS = 1_000;

    /** A table of the queue's index, which it puts between records now and then. */
    private static final int INDEX_BYTES = 64 << 10;

    /** Packages of java.base that Chronicle reaches into by reflection. */
    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch");

    private final Path folder;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Set<Path> known = new HashSet<>();
    /** The file being written, once there is one. */
    private @Nullable ClaimedFile file;

    private @Nullable Path adopted;

    /** Where the last record in it ends. */
    private long end;

    /** The same before the latest append. */
    private long endBefore;

    private long syncedEnd;

    private int adoptedCycle = Integer.MIN_VALUE;

    private ChronicleLog(Path folder, ChronicleQueue queue, ExcerptAppender appender) {
        this.folder = folder;
        this.queue = queue;
        this.appender = appender;
    }

    /**
     * Makes a new queue in a folder that does not exist. Should it fail, nothing stays mapped or open, nor the folder where
     * that can be helped.
     *
     * @param wallNanos decides when to begin a new file; must never run backwards
     */
    static ChronicleLog create(Path folder, LongSupplier wallNanos) throws IOException {
        checkOpens();
        keepQuiet();
        Folders.createPrivate(folder);
        try {
            return open(folder, wallNanos);
        } catch (IOException | RuntimeException | Error e) {
            Folders.deleteAll(folder);
            throw e;
        }
    }

    private static ChronicleLog open(Path folder, LongSupplier wallNanos) throws IOException {
        ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(RollCycles.FAST_HOURLY)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.SYNC)
                .timeoutMS(LOCK_TIMEOUT_MILLIS)
                .timeProvider(() -> TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()))
                .build();
        try {
            ChronicleLog log = new ChronicleLog(folder, queue, queue.createAppender());
            log.adoptFiles();
            return log;
        } catch (IOException | RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    /** Fails with the flag to add, where Chronicle itself would fail obscurely, or only at the first append. */
    static void checkOpens() {
        Module base = Object.class.getModule();
        Module chronicle = ChronicleQueue.class.getModule();
        for (String name : OPENED) {
            if (!base.isOpen(name, chronicle)) {
                throw new CaptureException(
                        Category.FAILED,
                        "the log needs the JVM flag --add-opens java.base/" + name
                                + "=ALL-UNNAMED: start the program with the mcp-reel launcher, or add the flag");
            }
        }
    }

    private static void keepQuiet() {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("disable.perf.info", "true");
        // A thread that logs what SpaceGuard already acts on.
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    @Override
    public void claim(int bytes) throws IOException {
        adoptNewFile();
        if (file != null) {
            file.claim(end, bytes + INDEX_BYTES);
        }
    }

    @Override
    public void append(byte[] array, int offset, int length) {
        endBefore = end;
        try (DocumentContext document = appender.writingDocument()) {
            try {
                document.wire().bytes().write(array, offset, length);
                end = document.wire().bytes().writePosition();
            } catch (RuntimeException | Error e) {
                document.rollbackOnClose();
                throw e;
            }
        }
    }

    /** Asks the file, not the queue, which may be broken by now. */
    @Override
    public boolean holds(byte[] array, int offset, int length) {
        try {
            Path newest = newest();
            if (newest == null) {
                return false;
            }
            // A file of a new hour begins with tables.
            long from = newest.equals(adopted) ? endBefore : 0;
            return ClaimedFile.holds(newest, from, 4 * INDEX_BYTES, array, offset, length);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Forces the file and leaves the queue's own sync alone. That one covers what is mapped at the moment, so not the last
     * records of a block that was left since: power lost then took records that had been acknowledged. And it writes the index
     * it synced to mapped memory, as an append does, but after it has waited for the disk.
     */
    @Override
    public void sync() throws IOException {
        adoptNewFile();
        if (file != null) {
            file.force();
        }
        syncedEnd = end;
    }

    private void adoptNewFile() throws IOException {
        if (appender.cycle() != adoptedCycle) {
            adoptFiles();
            adoptedCycle = appender.cycle();
            syncedEnd = 0;
        }
    }

    /** An appender that was interrupted by an error takes later records without a word, and writes none of them. */
    @Override
    public void abandon() throws IOException {
        if (file != null) {
            file.writeAgain(syncedEnd, end);
        }
        forceFiles();
        closeFile();
        try {
            queue.close();
        } catch (RuntimeException | Error e) {
            // It is broken: what it holds on to, it holds until the process ends.
        }
    }

    @Override
    public void close() {
        closeFile();
        queue.close();
    }

    /**
     * Takes over the files that are new, and forces all: a new file needs its entry in the folder to be durable, the file
     * before it may have had unwritten pages, and the metadata file is never synced by the queue.
     */
    private void adoptFiles() throws IOException {
        Path newest = forceFiles();
        closeFile();
        file = newest == null ? null : ClaimedFile.open(newest, end);
        adopted = newest;
    }

    private @Nullable Path forceFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path path : files) {
                if (known.add(path)) {
                    Folders.makePrivate(path);
                }
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        Folders.force(folder);
        return newest();
    }

    private @Nullable Path newest() throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.cq4")) {
            for (Path path : files) {
                if (newest == null || path.compareTo(newest) > 0) {
                    newest = path;
                }
            }
        }
        return newest;
    }

    private void closeFile() {
        if (file != null) {
            file.close();
        }
        file = null;
    }
}
