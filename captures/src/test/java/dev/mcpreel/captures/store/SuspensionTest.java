package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SuspensionTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final AtomicLong space = new AtomicLong(Long.MAX_VALUE);
    private final RandomEvents random = new RandomEvents(21);

    @Test
    void diskFull_thenFree_leavesAGapThatCountsWhatIsMissing() {
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.options(clock).withFreeSpace(folder -> space.get()));
        CaptureAppender appender = writer.newAppender();
        random.exchange(1, 100).forEach(appender::append);
        List<CaptureEvent> spanning = random.exchange(2, 20_000);
        spanning.subList(0, 2).forEach(appender::append);
        List<CaptureEvent> begunBefore = random.exchange(3, 100);
        appender.append(begunBefore.get(0));
        appender.flush();
        clock.advanceMillis(100);
        await().until(() -> writer.syncedSeq() >= 4);

        space.set(1 << 20);
        clock.advanceMillis(900);
        await().until(() -> writer.status().suspended() == LossReason.DISK_FULL);
        random.exchange(4, 200).forEach(appender::append);
        appender.append(spanning.get(2));
        begunBefore.subList(1, 6).forEach(appender::append);
        appender.append(random.of(EventKind.STEP, 0));
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        assertThat(writer.status().records()).isEqualTo(5);

        space.set(Long.MAX_VALUE);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        spanning.subList(3, 6).forEach(appender::append);
        random.exchange(5, 100).forEach(appender::append);
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);

        assertThat(manifest.counts().recorded()).isEqualTo(2);
        assertThat(manifest.counts().lost()).containsOnly(Map.entry(LossReason.DISK_FULL, 3L));
        assertThat(manifest.counts().seen()).isEqualTo(5);
        assertThat(manifest.counts().lostSteps()).isEqualTo(1);
        List<CaptureEvent> read = Captures.read(writer.folder());
        Gap gap = (Gap)
                read.stream().filter(event -> event instanceof Gap).findFirst().orElseThrow();
        assertThat(gap).isEqualTo(new Gap(2_000_000_000L, LossReason.DISK_FULL, -1, 1, 6 + 1 + 5 + 1, 400 + 200));
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.gaps()).containsExactly(new GapTotal(LossReason.DISK_FULL, 1, 1, 13, 600));
        assertThat(report.exchangesInPart()).isEqualTo(1);
        assertThat(report.exchangesOpen()).isEqualTo(1);
    }

    @Test
    void diskFull_untilTheEnd_isInTheManifest() {
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.options(clock).withFreeSpace(folder -> space.get()));
        CaptureAppender appender = writer.newAppender();
        space.set(0);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == LossReason.DISK_FULL);
        for (int i = 1; i <= 2_000; i++) {
            random.exchange(i, 5_000).forEach(appender::append);
        }
        List<CaptureEvent> marked = random.exchange(3_000, 20_000);
        marked.subList(0, 5).forEach(appender::append);
        appender.appendIncomplete((ExchangeEnd) marked.get(5));
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(manifest.counts().lost()).containsExactly(Map.entry(LossReason.DISK_FULL, 2_000L));
        assertThat(manifest.counts().records()).isEqualTo(1);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void diskFull_whileWritingFast_stopsWithinOneMiB() {
        AtomicLong written = new AtomicLong();
        CountingSink counting = new CountingSink(written);
        FreeSpace shrinking = folder -> 100L << 20 > written.get() ? (100L << 20) - written.get() : 0;
        WriterOptions options = Captures.options(clock).withFreeSpace(shrinking);
        long needed = new SpaceGuard(shrinking, store, options.limits().reserveBytes()).needed();
        CaptureWriter writer =
                CaptureWriter.create(store, Captures.SEED, options, folder -> counting, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        for (int i = 1; i <= 500; i++) {
            random.exchange(i, 200_000).forEach(appender::append);
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat((100L << 20) - written.get()).isBetween(needed - (2 << 20), needed + (1 << 20));
    }

    @Test
    void appendFails_withAnError_goesOnInAnotherLog() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        CaptureWriter.LogFactory logs = folder -> new FailingSink(ChronicleLog.create(folder, clock::now), broken);
        CaptureWriter writer =
                CaptureWriter.create(store, Captures.SEED, Captures.options(clock), logs, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        List<CaptureEvent> first = random.exchange(1, 100);
        first.forEach(appender::append);
        appender.flush();
        clock.advanceMillis(100);
        await().until(() -> writer.syncedSeq() == 1);

        broken.set(true);
        random.exchange(2, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        clock.advanceMillis(1_000);
        await().until(() -> Files.exists(writer.folder().resolve("log-2")));
        random.exchange(3, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        broken.set(false);
        clock.advanceMillis(2_000);
        await().until(() -> writer.status().suspended() == null);
        List<CaptureEvent> last = random.exchange(4, 100);
        last.forEach(appender::append);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();

        assertThat(counts.lost()).containsExactly(Map.entry(LossReason.WRITE_FAILED, 2L));
        assertThat(counts.recorded()).isEqualTo(2);
        assertThat(counts.records())
                .as("anchor, exchange, anchor, gap, exchange")
                .isEqualTo(5);
        assertThat(LogWalker.files(writer.folder()))
                .extracting(file -> file.getParent().getFileName().toString())
                .contains("log", "log-3");
        List<CaptureEvent> read = Captures.read(writer.folder());
        assertThat(read.subList(0, 6)).isEqualTo(first);
        assertThat(read.get(6).kind()).isEqualTo(EventKind.CLOCK_ANCHOR);
        assertThat(read.get(7)).isEqualTo(new Gap(3_100_000_000L, LossReason.WRITE_FAILED, -1, 2, 12, 400));
        assertThat(read.subList(8, 14)).isEqualTo(last);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    @Test
    void files_ofManyLogs_areInTheOrderTheyWereWritten() throws IOException {
        for (int number : new int[] {1, 2, 9, 10, 11}) {
            Path log = Files.createDirectory(store.resolve(number == 1 ? "log" : "log-" + number));
            Files.createFile(log.resolve("20261121-11F.cq4"));
            Files.createFile(log.resolve("20261121-10F.cq4"));
        }
        assertThat(LogWalker.files(store))
                .extracting(file -> store.relativize(file).toString())
                .startsWith("log/20261121-10F.cq4", "log/20261121-11F.cq4", "log-2/20261121-10F.cq4")
                .endsWith(
                        "log-9/20261121-11F.cq4",
                        "log-10/20261121-10F.cq4",
                        "log-10/20261121-11F.cq4",
                        "log-11/20261121-10F.cq4",
                        "log-11/20261121-11F.cq4");
    }

    @Test
    void syncFails_acknowledgesNothing() {
        LogSink failing = new CountingSink(new AtomicLong()) {
            private boolean first = true;

            @Override
            public void sync() {
                if (!first) {
                    throw new IllegalStateException("disk gone");
                }
                first = false;
            }
        };
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.options(clock), folder -> failing, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        random.exchange(1, 100).forEach(appender::append);
        appender.flush();
        clock.advanceMillis(100);
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(writer.syncedSeq()).isZero();
    }

    private static class CountingSink implements LogSink {
        private final AtomicLong written;

        CountingSink(AtomicLong written) {
            this.written = written;
        }

        @Override
        public void claim(int bytes) {}

        @Override
        public void append(byte[] array, int offset, int length) {
            assertThat(RecordView.check(array, offset, offset + length)).isEqualTo(length);
            written.addAndGet(length);
        }

        @Override
        public boolean holds(byte[] array, int offset, int length) {
            return false;
        }

        @Override
        public void sync() {}

        @Override
        public void abandon() {}

        @Override
        public void close() {}
    }
}
