package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RollingLogTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RolledCaptures captures = new RolledCaptures(clock);

    @Test
    void log_thatIsFull_givesWayToTheNext_andNothingIsMissing() throws IOException {
        List<CaptureEvent> written = new ArrayList<>();
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.apart(captures.options()));
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= 20; id++) {
            // Longer than a record may be, so that chunks of one body stand in two logs.
            List<CaptureEvent> exchange = captures.exchange(id, 150_000);
            exchange.forEach(appender::append);
            written.addAll(exchange);
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);

        assertThat(StoredCapture.logs(writer.folder())).hasSizeGreaterThan(20);
        List<CaptureEvent> read = new ArrayList<>(RolledCaptures.events(writer.folder()));
        read.removeIf(event -> event.kind() == EventKind.CLOCK_ANCHOR);
        assertThat(read).isEqualTo(written);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.sequence()).isEqualTo(VerifyReport.Sequence.GAPLESS);
        for (Path file : LogWalker.files(writer.folder())) {
            assertThat(typesOf(file).get(0)).as(file.toString()).isEqualTo(RecordType.CLOCK_ANCHOR.code);
        }
    }

    @Test
    void log_thatIsOld_givesWayToTheNext() {
        Retention hourly = new Retention(Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE, 3_600_000_000_000L);
        CaptureWriter writer =
                CaptureWriter.create(store, Captures.SEED, captures.options().withRetention(hourly));
        clock.advanceMillis(3_599_000);
        await().until(() -> writer.status().records() >= 2);
        assertThat(writer.folder().resolve("log-2")).doesNotExist();
        clock.advanceMillis(1_000);
        await().until(() -> Files.exists(writer.folder().resolve("log-2")));
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void nextLog_thatCannotBeMade_leavesTheOldOneGoingOn_andIsTriedAgain() throws IOException {
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean refuse = new AtomicBoolean();
        CaptureWriter.LogFactory logs = folder -> {
            if (refuse.get()) {
                refused.incrementAndGet();
                throw new IOException("no");
            }
            return ChronicleLog.create(folder, clock::now);
        };
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.apart(captures.options()), logs, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        refuse.set(true);
        for (int id = 1; id <= 20; id++) {
            captures.exchange(id, 10_000).forEach(appender::append);
        }
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
        clock.advanceMillis(100);
        await().until(() -> writer.status().records() == 81);
        assertThat(refused).hasValue(1);
        assertThat(writer.status().suspended()).isNull();
        refuse.set(false);
        clock.advanceMillis(60_000);
        await().until(() -> StoredCapture.logs(writer.folder()).size() == 2);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();

        assertThat(counts.recorded()).isEqualTo(20);
        assertThat(counts.lost()).isEmpty();
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void roll_whileTheLogFails_goesTheWayOfEveryFailure() {
        AtomicBoolean broken = new AtomicBoolean();
        CaptureWriter.LogFactory logs = folder -> new FailingSync(ChronicleLog.create(folder, clock::now), broken);
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.apart(captures.options()), logs, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        captures.exchange(1, 30_000).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.syncedSeq() >= 4);
        long acknowledged = writer.syncedSeq();
        broken.set(true);
        captures.exchange(2, 30_000).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        assertThat(writer.syncedSeq()).isEqualTo(acknowledged);
        broken.set(false);
        clock.advanceMillis(2_000);
        await().until(() -> writer.status().suspended() == null);
        captures.exchange(3, 100).forEach(appender::append);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
    }

    @Test
    void log_begunAfterAFailure_canDoWithoutThoseBefore() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        CaptureWriter.LogFactory logs = folder -> new FailingSink(ChronicleLog.create(folder, clock::now), broken);
        WriterOptions whole = captures.options().withRetention(Retention.NONE);
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, whole, logs, new ClockAnchor(0, 0));
        writer.countedBy(() -> new SourceCounts(9, Map.of("tool", 7L), Map.of(), 0));
        CaptureAppender appender = writer.newAppender();
        captures.exchange(1, 100).forEach(appender::append);
        appender.flush();
        clock.advanceMillis(100);
        await().until(() -> writer.syncedSeq() == 1);
        broken.set(true);
        captures.exchange(2, 100).forEach(appender::append);
        appender.flush();
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        broken.set(false);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        writer.close();

        assertThat(StoredCapture.logs(writer.folder())).hasSize(2);
        Path next = LogWalker.files(writer.folder()).get(1);
        assertThat(typesOf(next)).startsWith(RecordType.CLOCK_ANCHOR.code, RecordType.GAP.code, RecordType.COUNTS.code);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    @Test
    void roll_makesTheOldLogDurable_beforeTheNextIsBegun() {
        List<String> calls = new CopyOnWriteArrayList<>();
        CaptureWriter.LogFactory logs = folder -> new ToldSink(folder.getFileName() + " ", calls);
        CaptureWriter writer = CaptureWriter.create(
                store, Captures.SEED, Captures.apart(captures.options()), logs, new ClockAnchor(0, 0));
        CaptureAppender appender = writer.newAppender();
        captures.exchange(1, 30_000).forEach(appender::append);
        captures.exchange(2, 30_000).forEach(appender::append);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);

        assertThat(calls).contains("log close", "log-2 append");
        int closed = calls.indexOf("log close");
        List<String> before = calls.subList(0, closed);
        assertThat(before.lastIndexOf("log sync")).isGreaterThan(before.lastIndexOf("log append"));
        assertThat(calls.subList(closed, calls.size()))
                .startsWith("log close", "log-2 append", "log-2 sync")
                .noneMatch(call -> call.startsWith("log ") && !call.equals("log close"));
    }

    private static List<Integer> typesOf(Path file) throws IOException {
        List<Integer> types = new ArrayList<>();
        LogWalker walker = new LogWalker(new LogWalker.Visitor() {
            @Override
            public long record(byte[] array, int at) {
                types.add(Le.u8(array, at + Format.TYPE_AT));
                return 0;
            }

            @Override
            public boolean isNew(long seq) {
                return true;
            }
        });
        walker.walk(file);
        return types;
    }

    /** Says what is asked of it. */
    private record ToldSink(String name, List<String> calls) implements LogSink {
        @Override
        public void claim(int bytes) {}

        @Override
        public void append(byte[] array, int offset, int length) {
            calls.add(name + "append");
        }

        @Override
        public boolean holds(byte[] array, int offset, int length) {
            return false;
        }

        @Override
        public void sync() {
            calls.add(name + "sync");
        }

        @Override
        public void abandon() {}

        @Override
        public void close() {
            calls.add(name + "close");
        }
    }

    /** Takes records, and cannot make them durable. */
    private record FailingSync(LogSink log, AtomicBoolean broken) implements LogSink {
        @Override
        public void claim(int bytes) throws IOException {
            log.claim(bytes);
        }

        @Override
        public void append(byte[] array, int offset, int length) throws Exception {
            log.append(array, offset, length);
        }

        @Override
        public boolean holds(byte[] array, int offset, int length) {
            return log.holds(array, offset, length);
        }

        @Override
        public void sync() throws Exception {
            if (broken.get()) {
                throw new IOException("disk gone");
            }
            log.sync();
        }

        @Override
        public void abandon() throws IOException {
            log.abandon();
        }

        @Override
        public void close() {
            log.close();
        }
    }
}
