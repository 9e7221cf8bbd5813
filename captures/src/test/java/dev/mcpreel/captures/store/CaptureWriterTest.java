package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CaptureWriterTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(5_000);
    private final WriterOptions options = Captures.options(clock);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void write_randomEvents_areReadInOrder(long seed) {
        RandomEvents random = new RandomEvents(seed);
        List<CaptureEvent> events = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            events.add(random.any(i));
        }
        assertThat(Captures.read(Captures.write(store, events)))
                .as("seed %d", seed)
                .isEqualTo(events);
    }

    @Test
    void create_folder_isNamedByTimeAndPrivate() throws IOException {
        try (CaptureWriter writer = CaptureWriter.create(store.resolve("deep/store"), Captures.SEED, options)) {
            writer.newAppender().append(new RandomEvents(1).end(1));
            assertThat(writer.folder().getFileName().toString()).matches("20261121T101530000Z-[0-9a-z]{5}");
            assertThat(writer.folder().getParent()).isEqualTo(store.resolve("deep/store"));
            await().until(() -> writer.syncedSeq() >= 0);
            try (Stream<Path> files = Files.walk(writer.folder())) {
                assertThat(files.toList()).hasSizeGreaterThan(5).allSatisfy(file -> assertThat(
                                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
    }

    @Test
    void manifest_fromCreationToEnd_saysHowItStands() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options);
        Manifest open = ManifestFile.read(writer.folder());
        assertThat(open.ending()).isEqualTo(Ending.OPEN);
        assertThat(open.endedAt()).isNull();
        assertThat(open.anchor()).isEqualTo(new ClockAnchor(5_000, FakeClock.WALL_START));
        assertThat(open).isEqualTo(writer.manifest());
        CaptureAppender appender = writer.newAppender();
        new RandomEvents(1).exchange(1, 10).forEach(appender::append);
        clock.advanceMillis(1_500);

        SourceCounts source = new SourceCounts(7, Map.of("not mcp", 2L), Map.of(LossReason.LANE_FULL, 4L), 3);
        Manifest ended = writer.close(Ending.STOPPED, source);

        assertThat(ended).isEqualTo(ManifestFile.read(writer.folder())).isEqualTo(writer.manifest());
        assertThat(ended.endedAt()).isEqualTo("2026-11-21T10:15:31.500Z");
        assertThat(ended.ending()).isEqualTo(Ending.STOPPED);
        assertThat(ended.counts().seen()).isEqualTo(7);
        assertThat(ended.counts().recorded()).isEqualTo(1);
        assertThat(ended.counts().lost()).containsExactly(Map.entry(LossReason.LANE_FULL, 4L));
        assertThat(ended.counts().lostSteps()).isEqualTo(3);
        assertThat(ended.counts().records()).isEqualTo(2);
        assertThat(writer.close(Ending.COMPLETE, SourceCounts.NONE)).isEqualTo(ended);
        assertThat(CaptureVerifier.verify(writer.folder()).ok()).isTrue();
    }

    @Test
    void replay_changed_isOnDiskAtOnce() {
        try (CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options)) {
            ReplayInfo info =
                    new ReplayInfo("s", 5, "http://x", "safe", 1, 0, 2.5, 42, "d", 9, 1, false, List.of("late"));
            writer.replay(info);
            assertThat(ManifestFile.read(writer.folder()).replay()).isEqualTo(info);
        }
    }

    @Test
    void close_withoutEnding_readsAsInterrupted() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options);
        CaptureAppender appender = writer.newAppender();
        CaptureEvent event = new RandomEvents(1).end(1);
        appender.append(event);
        assertThat(CaptureReader.open(store).live()).isTrue();
        assertThat(CaptureReader.open(store).interrupted()).isFalse();
        writer.close();
        appender.append(event);
        appender.flush();
        CaptureReader reader = CaptureReader.open(store);
        assertThat(reader.live()).isFalse();
        assertThat(reader.interrupted()).isTrue();
        assertThat(Captures.read(writer.folder())).containsExactly(event);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).isTrue();
        assertThat(report.interrupted()).isTrue();
    }

    @Test
    void anchor_eachMinute_isWritten() {
        try (CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options)) {
            for (int minute = 1; minute <= 2; minute++) {
                clock.advanceMillis(60_000);
                long records = 1L + minute;
                await().until(() -> writer.status().records() == records);
            }
            List<CaptureEvent> anchors = new ArrayList<>();
            CaptureReader.open(store).read(anchors::add);
            assertThat(anchors).hasSize(3).allSatisfy(anchor -> assertThat(((ClockAnchor) anchor).wallNanos())
                    .isEqualTo(FakeClock.WALL_START + anchor.atNanos() - 5_000));
        }
    }

    @Test
    void roll_atTheHour_beginsAnotherFileAndReadsOn() throws IOException {
        RandomEvents random = new RandomEvents(9);
        List<CaptureEvent> events = new ArrayList<>();
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.apart(options));
        CaptureAppender appender = writer.newAppender();
        for (int hour = 0; hour < 3; hour++) {
            CaptureEvent event = random.end(hour + 1);
            events.add(event);
            appender.append(event);
            appender.flush();
            long records = 2L * (hour + 1);
            clock.advanceMillis(100);
            await().until(() ->
                    writer.status().records() >= records && writer.status().queuedBytes() == 0);
            clock.advanceMillis(3_600_000);
        }
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(LogWalker.files(writer.folder().resolve("log"))).hasSizeBetween(3, 4);
        List<CaptureEvent> read = Captures.read(writer.folder());
        read.removeIf(event -> event instanceof ClockAnchor);
        assertThat(read).isEqualTo(events);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(manifest.counts().records()).isGreaterThan(3);
    }

    @Test
    void synced_eachExchange_isToldBeforeItsAcknowledgement() {
        List<String> heard = new ArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void synced(long throughSeq) {
                heard.add("synced " + throughSeq);
            }

            @Override
            public void ended(long exchangeId, long seq) {
                heard.add("ended " + exchangeId + " in " + seq);
            }
        };
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options.withListener(listener));
        CaptureAppender appender = writer.newAppender();
        RandomEvents random = new RandomEvents(1);
        random.exchange(31, 10).forEach(appender::append);
        random.exchange(32, 20_000).forEach(appender::append);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(heard).containsSubsequence("ended 31 in 1", "ended 32 in 7", "synced 7");
        assertThat(writer.syncedSeq()).isEqualTo(7);
    }

    @Test
    void create_whereItCannot_namesTheCure() throws IOException {
        Path file = Files.createFile(store.resolve("file"));
        assertThatThrownBy(() -> CaptureWriter.create(file, Captures.SEED, options))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("is a file")
                .hasMessageContaining("name another");
        assertThatThrownBy(() -> CaptureWriter.create(store, Captures.SEED, options.withFreeSpace(folder -> 10 << 20)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("too little space")
                .hasMessageContaining("72 MiB");
        assertThat(CaptureStore.runs(store)).isEmpty();
    }

    @Test
    void create_logCannotBeMade_leavesNothingBehind() {
        WriterThread.SinkFactory failing = log -> {
            throw new IOException("no such device");
        };
        assertThatThrownBy(() -> CaptureWriter.create(store, Captures.SEED, options, failing, new ClockAnchor(0, 0)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("no such device");
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void append_manyThreads_losesNothing() throws InterruptedException {
        WriterLimits small = new WriterLimits(100_000, 1_000_000, 1 << 20, 16 << 10, 100_000_000, 60_000_000_000L, 0);
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options.withLimits(small));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            CaptureAppender appender = writer.newAppender();
            RandomEvents random = new RandomEvents(t);
            Random sizes = new Random(t);
            int base = t * 1_000;
            threads.add(new Thread(() -> {
                for (int i = 1; i <= 300; i++) {
                    random.exchange(base + i, sizes.nextInt(2_000)).forEach(appender::append);
                    random.exchange(base + 500 + i, sizes.nextInt(40_000)).forEach(appender::append);
                }
                appender.flush();
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(manifest.counts().recorded()).isEqualTo(2_400);
        assertThat(report.exchangesSeen()).isEqualTo(2_400);
        assertThat(report.exchangesOpen()).isZero();
    }
}
