package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Captures made and broken for tests. */
final class Captures {
    static final ManifestSeed SEED = new ManifestSeed(
            Role.RECORDED,
            "mcp-reel test",
            "127.0.0.1:8080",
            List.of("http://127.0.0.1:3001"),
            List.of("authorization: keyed hash"),
            null);

    private Captures() {}

    static WriterOptions options(FakeClock clock) {
        return WriterOptions.defaults()
                .withClocks(clock.clocks())
                .withRandom(new Random(7))
                .withFreeSpace(folder -> Long.MAX_VALUE);
    }

    /** Every event is a record of its own, in the order appended. */
    static WriterOptions apart(WriterOptions options) {
        WriterLimits limits = options.limits();
        return options.withLimits(new WriterLimits(
                limits.queueBytes(),
                limits.syncIntervalNanos(),
                limits.syncBytes(),
                0,
                0,
                limits.anchorIntervalNanos(),
                limits.reserveBytes()));
    }

    /** A closed capture of the given events, one record each. */
    static Path write(Path store, List<CaptureEvent> events) {
        CaptureWriter writer = CaptureWriter.create(store, SEED, apart(options(new FakeClock(0))));
        CaptureAppender appender = writer.newAppender();
        events.forEach(appender::append);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        return writer.folder();
    }

    /** The events of a capture without the anchor it begins with. */
    static List<CaptureEvent> read(Path folder) {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(folder).read(events::add);
        return events.subList(1, events.size());
    }

    /** Every plain file, in the order of their names. */
    static List<Path> allFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static Path logFile(Path folder) throws IOException {
        return LogWalker.files(folder).get(0);
    }

    static void overwrite(Path file, long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    /** Where the records of a log file begin, their document headers before them. */
    static List<Integer> recordOffsets(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> offsets = new ArrayList<>();
        for (int at = 0; at + 4 <= bytes.length; at += 4) {
            if (Le.i32(bytes, at) == Format.MAGIC) {
                int total = RecordView.check(bytes, at, bytes.length);
                if (total > 0) {
                    offsets.add(at);
                    at += (total - 1) / 4 * 4;
                }
            }
        }
        return offsets;
    }
}
