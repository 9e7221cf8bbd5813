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

/** A queue of raw records. The thread that opens it is the one that uses it. */
final class ChronicleLog implements LogSink {
    /** What is mapped, and so claimed on the disk, at a time; see RATIONALE.md. */
    static final int BLOCK_BYTES = 4 << 20;

    /** What keeps a broken write lock from holding up the writer thread for the default of 15 s. */
    private static final long LOCK_TIMEOUT_MILLIS = 1_000;

    /** Packages of java.base that Chronicle reaches into by reflection. */
    private static final List<String> OPENED = List.of("java.lang.reflect", "sun.nio.ch");

    private final Path folder;
    private final ChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Set<Path> known = new HashSet<>();
    private int syncedCycle = Integer.MIN_VALUE;

    private ChronicleLog(Path folder, ChronicleQueue queue, ExcerptAppender appender) {
        this.folder = folder;
        this.queue = queue;
        this.appender = appender;
    }

    /**
     * Makes a new queue in a folder that does not exist.
     *
     * @param wallNanos decides when to begin a new file; must never run backwards
     */
    static ChronicleLog create(Path folder, LongSupplier wallNanos) throws IOException {
        checkOpens();
        keepQuiet();
        Folders.createPrivate(folder);
        ChronicleQueue queue = SingleChronicleQueueBuilder.binary(folder)
                .rollCycle(RollCycles.FAST_HOURLY)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.SYNC)
                .timeoutMS(LOCK_TIMEOUT_MILLIS)
                .timeProvider(() -> TimeUnit.NANOSECONDS.toMillis(wallNanos.getAsLong()))
                .build();
        ExcerptAppender appender;
        try {
            appender = queue.createAppender();
        } catch (RuntimeException | Error e) {
            queue.close();
            throw e;
        }
        ChronicleLog log = new ChronicleLog(folder, queue, appender);
        log.adoptNewFiles();
        return log;
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
    }

    @Override
    public void append(byte[] array, int offset, int length) {
        try (DocumentContext document = appender.writingDocument()) {
            try {
                document.wire().bytes().write(array, offset, length);
            } catch (RuntimeException | Error e) {
                document.rollbackOnClose();
                throw e;
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (appender.cycle() != syncedCycle) {
            adoptNewFiles();
            syncedCycle = appender.cycle();
        }
        appender.sync();
    }

    @Override
    public void close() {
        queue.close();
    }

    /**
     * A sync covers the pages of the current file alone: neither the metadata file, nor the folder's entry of a new file,
     * nor what the file before it still had unwritten.
     */
    private void adoptNewFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (known.add(file)) {
                    Folders.makePrivate(file);
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        Folders.force(folder);
    }
}
