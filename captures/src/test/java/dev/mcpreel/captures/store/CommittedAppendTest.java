package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An append that fails when the record is in the log already. */
@Timeout(60)
class CommittedAppendTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RandomEvents random = new RandomEvents(17);
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void appendThatCommitsAndThrows_isCountedAndItsNumberNotUsedAgain() throws IOException {
        CaptureWriter writer = writer(true);
        CaptureAppender appender = writer.newAppender();
        List<CaptureEvent> all = new ArrayList<>();
        append(writer, appender, all, 1);
        failures.set(1);
        append(writer, appender, all, 2);
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        append(writer, appender, all, 3);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();

        assertThat(counts.lost()).isEmpty();
        assertThat(counts.recorded()).isEqualTo(3);
        assertThat(LogWalker.files(writer.folder()))
                .extracting(file -> file.getParent().getFileName().toString())
                .containsExactly("log", "log-2");
        assertThat(Captures.read(writer.folder()).stream().filter(event -> event.kind() != EventKind.CLOCK_ANCHOR))
                .isEqualTo(all);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.log().repeated()).isZero();
    }

    @Test
    void gapThatCommitsAndThrows_isToldOnce() {
        CaptureWriter writer = writer(false);
        CaptureAppender appender = writer.newAppender();
        failures.set(1);
        append(writer, appender, new ArrayList<>(), 1);
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        commits = true;
        gapsOnly = true;
        failures.set(1);
        clock.advanceMillis(1_000);
        await().until(() -> failures.get() == 0);
        clock.advanceMillis(64_000);
        await().until(() -> writer.status().suspended() == null);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(Captures.read(writer.folder()).stream().filter(event -> event.kind() == EventKind.GAP))
                .hasSize(1);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }

    /** As logs were written before their writers asked, and still are when the file cannot be looked at. */
    @Test
    void numberUsedAgain_bothRecordsAreReadAndNothingIsDamaged() {
        CaptureWriter writer = writer(true);
        CaptureAppender appender = writer.newAppender();
        List<CaptureEvent> all = new ArrayList<>();
        cannotTell = true;
        append(writer, appender, all, 1);
        failures.set(1);
        append(writer, appender, all, 2);
        await().until(() -> writer.status().suspended() == LossReason.WRITE_FAILED);
        clock.advanceMillis(1_000);
        await().until(() -> writer.status().suspended() == null);
        append(writer, appender, all, 3);
        Counts counts = writer.close(Ending.COMPLETE, SourceCounts.NONE).counts();
        assertThat(counts.recorded()).isEqualTo(2);
        assertThat(Captures.read(writer.folder()).stream()
                        .filter(event -> event.kind() != EventKind.GAP && event.kind() != EventKind.CLOCK_ANCHOR))
                .isEqualTo(all);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.log().repeated()).isOne();
        assertThat(report.ok()).as(report.toString()).isTrue();
        SalvageReport salvaged = CaptureSalvager.salvage(
                writer.folder(), store.resolve("out"), "test", Captures.options(clock), PlainLog::create);
        assertThat(salvaged.manifest().counts().recorded()).isEqualTo(3);
        assertThat(salvaged.manifest().counts().lost()).isEmpty();
        assertThat(CaptureVerifier.verify(salvaged.folder()).ok()).isTrue();
    }

    private volatile boolean commits;
    private volatile boolean cannotTell;
    private volatile boolean gapsOnly;

    private void append(CaptureWriter writer, CaptureAppender appender, List<CaptureEvent> all, long id) {
        List<CaptureEvent> exchange = random.exchange(id, 100);
        exchange.forEach(appender::append);
        appender.flush();
        all.addAll(exchange);
        await().until(() -> writer.status().queuedBytes() == 0);
    }

    private CaptureWriter writer(boolean commit) {
        commits = commit;
        return CaptureWriter.create(
                store,
                Captures.SEED,
                Captures.options(clock),
                folder -> new CommittingSink(ChronicleLog.create(folder, clock::now)),
                new ClockAnchor(0, 0));
    }

    /** Throws behind the append, or in place of it. */
    private final class CommittingSink implements LogSink {
        private final LogSink log;

        CommittingSink(LogSink log) {
            this.log = log;
        }

        @Override
        public void claim(int bytes) throws IOException {
            log.claim(bytes);
        }

        @Override
        public void append(byte[] array, int offset, int length) throws Exception {
            boolean due = !gapsOnly || Le.u8(array, offset + Format.TYPE_AT) == RecordType.GAP.code;
            boolean fails = due && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!fails || commits) {
                log.append(array, offset, length);
            }
            if (fails) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
        }

        @Override
        public boolean holds(byte[] array, int offset, int length) {
            return !cannotTell && log.holds(array, offset, length);
        }

        @Override
        public void sync() throws Exception {
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
