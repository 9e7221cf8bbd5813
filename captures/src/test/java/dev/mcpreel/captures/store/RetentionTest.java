package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Retention while a capture is being written. */
@Timeout(60)
class RetentionTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RolledCaptures captures = new RolledCaptures(clock);

    @Test
    void of_rollsAboutEightTimesWithinTheBound() {
        Retention ten = Retention.of(1L << 30, Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(ten.rollBytes()).isEqualTo(128L << 20);
        assertThat(ten.rollNanos()).isEqualTo(TimeUnit.DAYS.toNanos(1));
        assertThat(Retention.of(Retention.LEAST_BYTES, Long.MAX_VALUE, 1).rollBytes())
                .isEqualTo(8L << 20);
        assertThat(Retention.of(1L << 40, Long.MAX_VALUE, 1).rollBytes()).isEqualTo(256L << 20);
        Retention hours = Retention.of(Long.MAX_VALUE, TimeUnit.HOURS.toNanos(8), 1);
        assertThat(hours.rollNanos()).isEqualTo(TimeUnit.HOURS.toNanos(1));
        assertThat(hours.rollBytes()).isEqualTo(256L << 20);
        Retention number = Retention.of(Long.MAX_VALUE, Long.MAX_VALUE, 3);
        assertThat(number.rollBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(number.isNone()).isFalse();
        assertThat(Retention.NONE.isNone()).isTrue();
        assertThatThrownBy(() -> Retention.of(0, 1, 1)).hasMessageContaining("positive");
    }

    @Test
    void size_whileWriting_isKept_andWhatIsLeftIsWhole() throws IOException {
        Path before = captures.write(store, Role.RECORDED, 20, 8_000);
        long bound = 40L * FileProbe.CLAIMED_BYTES;
        AtomicLong acknowledged = new AtomicLong();
        WriterOptions options = Captures.apart(captures.options())
                .withRetention(RolledCaptures.rolling(bound, Long.MAX_VALUE, Integer.MAX_VALUE))
                .withListener(acknowledged::set);
        CaptureWriter writer = begin(options);
        CaptureAppender appender = writer.newAppender();
        long id = 0;
        while (writer.retention().captures() < 1 || writer.retention().files() < 120) {
            captures.exchange(++id, 8_000).forEach(appender::append);
            appender.flush();
            await().pollDelay(0, TimeUnit.MILLISECONDS)
                    .pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> writer.status().queuedBytes() == 0);
        }
        assertThat(before).doesNotExist();
        // The writer of a test is faster than any disk the keeper waits for.
        await().until(() -> used(writer.folder()) <= bound);
        VerifyReport live = CaptureVerifier.verify(writer.folder());
        assertThat(live.live()).isTrue();
        assertThat(live.ok()).as(live.toString()).isTrue();
        Manifest ended = writer.close(Ending.COMPLETE, SourceCounts.NONE);

        assertThat(ended.counts().recorded()).isEqualTo(id);
        assertThat(ended.removed()).isNotNull();
        assertThat(acknowledged).hasValue(ended.counts().records() - 1);
        assertThat(writer.retention().trouble()).isEmpty();
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        Removed removed = Removed.before(ended);
        assertThat(removed.records() + report.log().records())
                .isEqualTo(ended.counts().records());
        assertThat(removed.whole() + report.exchangesEnded()).isEqualTo(id);
        long heads = RolledCaptures.events(writer.folder()).stream()
                .filter(event -> event.kind() == EventKind.REQUEST_HEAD)
                .count();
        assertThat(heads).isEqualTo(report.exchangesSeen());
        assertThat(used(writer.folder())).isBetween(bound / 2, bound);
    }

    @Test
    void number_isKeptFromWhenTheRecordingHasBegun() {
        Path first = captures.write(store, Role.RECORDED, 1, 10);
        Path second = captures.write(store, Role.RECORDED, 1, 10);
        WriterOptions two = captures.options().withRetention(RolledCaptures.rolling(Long.MAX_VALUE, Long.MAX_VALUE, 2));
        try (CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, two)) {
            listen(writer);
            await().until(() -> writer.retention().captures() == 1);
            assertThat(CaptureStore.runs(store)).containsExactly(writer.folder(), second);
            assertThat(first).doesNotExist();
        }
    }

    @Test
    void start_thatFails_removesNothing() {
        Path first = captures.write(store, Role.RECORDED, 20, 8_000);
        Path second = captures.write(store, Role.RECORDED, 1, 10);
        clock.advanceMillis(3_600_000);
        WriterOptions nothing = captures.options().withRetention(RolledCaptures.rolling(1, 1, 1));
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, nothing);
        writer.discard();
        assertThat(CaptureStore.runs(store)).containsExactly(second, first);
        assertThat(CaptureVerifier.verify(first).ok()).isTrue();
        assertThat(ManifestFile.read(first).removed()).isNull();
    }

    @Test
    void start_onAFullDisk_makesRoomWithinTheBoundInBytes() throws IOException {
        Path first = captures.write(store, Role.RECORDED, 20, 8_000);
        Path second = captures.write(store, Role.RECORDED, 1, 10);
        FreeSpace whileFirstIsThere = folder -> Files.exists(first) ? 0 : Long.MAX_VALUE;
        WriterOptions full = captures.options().withFreeSpace(whileFirstIsThere);
        Retention one = RolledCaptures.rolling(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        assertThatThrownBy(() -> CaptureWriter.create(store, Captures.SEED, full.withRetention(one)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("too little space");
        assertThat(CaptureStore.runs(store)).containsExactly(second, first);

        long room = used(second) + 2L * (RolledCaptures.ROLL_BYTES + FileProbe.CLAIMED_BYTES);
        Retention little = RolledCaptures.rolling(room, Long.MAX_VALUE, 1);
        CaptureWriter.create(store, Captures.SEED, full.withRetention(little)).discard();
        assertThat(CaptureStore.runs(store)).containsExactly(second);
    }

    @Test
    void age_whileWriting_endsWithTheLogBeingWritten() {
        long hour = TimeUnit.HOURS.toNanos(1);
        WriterOptions options = captures.options().withRetention(Retention.of(Long.MAX_VALUE, hour, 1));
        CaptureWriter writer = begin(options);
        for (int log = 2; log <= 5; log++) {
            clock.advanceMillis(450_000);
            Path next = writer.folder().resolve("log-" + log);
            // The first record of a log is on the disk when the one before it is closed, and no longer touched.
            long records = log;
            await().until(() -> Files.exists(next) && writer.syncedSeq() >= records - 1);
            RolledCaptures.touch(writer.folder());
        }
        clock.advanceMillis(3_600_000);
        await().until(() -> writer.retention().files() == 4);
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.log().records()).isPositive();
    }

    @Test
    void logBeingWritten_isNeverRemoved_howeverLittleMayBeKept() {
        Retention tiny = RolledCaptures.rolling(1, Long.MAX_VALUE, Integer.MAX_VALUE);
        CaptureWriter writer = begin(Captures.apart(captures.options()).withRetention(tiny));
        CaptureAppender appender = writer.newAppender();
        int exchanges = 40;
        for (int id = 1; id <= exchanges; id++) {
            captures.exchange(id, 8_000).forEach(appender::append);
            appender.flush();
            if (id == exchanges / 2) {
                await().until(() -> writer.status().queuedBytes() == 0
                        && writer.retention().overBytes() > 0
                        && StoredCapture.logs(writer.folder()).size() == 1);
            }
        }
        Manifest ended = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(ended.counts().recorded()).isEqualTo(exchanges);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.log().records()).isPositive();
    }

    private CaptureWriter begin(WriterOptions options) {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, options);
        listen(writer);
        return writer;
    }

    private static void listen(CaptureWriter writer) {
        writer.listen("http://127.0.0.1:8080", new RelayInfo("preserve", "", "", false));
    }

    private static long used(Path run) throws IOException {
        FileProbe probe = new FileProbe();
        long used = 0;
        for (Path file : LogWalker.files(run)) {
            used += probe.usedBytes(file);
        }
        return used;
    }
}
