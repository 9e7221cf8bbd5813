package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CaptureVerifierTest {
    @TempDir
    Path store;

    private final RandomEvents random = new RandomEvents(41);

    @Test
    void verify_wholeCapture_countsWhatIsThere() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(new FakeClock(0)));
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= 5; id++) {
            random.exchange(id, 100).forEach(appender::append);
        }
        random.exchange(6, 30_000).forEach(appender::append);
        random.exchange(7, 10).subList(0, 3).forEach(appender::append);
        appender.append(random.of(EventKind.STEP, 0));
        appender.append(random.of(EventKind.STEP, 0));
        appender.append(random.of(EventKind.RUN_SAMPLE, 0));
        appender.append(new Gap(1, LossReason.LANE_FULL, 2, 3, 10, 500));
        appender.append(new Gap(2, LossReason.LANE_FULL, 2, 1, 4, 50));
        appender.flush();
        writer.put(Frames.raw(222, new byte[8], new byte[80]));
        Manifest manifest =
                writer.close(Ending.COMPLETE, new SourceCounts(10, Map.of(), Map.of(LossReason.LANE_FULL, 4L), 0));
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.manifest()).isEqualTo(manifest);
        assertThat(report.folder()).isEqualTo(writer.folder());
        assertThat(report.chosenFromStore()).isTrue();
        assertThat(report.recordsByType())
                .containsEntry("EXCHANGE", 5L)
                .containsEntry("REQUEST_HEAD", 2L)
                .containsEntry("unknown(222)", 1L)
                .containsEntry("CLOCK_ANCHOR", 1L);
        assertThat(report.exchangesSeen()).isEqualTo(7);
        assertThat(report.exchangesEnded()).isEqualTo(6);
        assertThat(report.exchangesOpen()).isEqualTo(1);
        assertThat(report.steps()).isEqualTo(2);
        assertThat(report.runSamples()).isEqualTo(1);
        assertThat(report.gaps()).containsExactly(new GapTotal(LossReason.LANE_FULL, 2, 4, 14, 550));
        assertThat(report.log().unknownRecords()).isEqualTo(1);
        assertThat(report.log().records()).isEqualTo(manifest.counts().records());
        assertThat(report.log().bytes()).isEqualTo(manifest.counts().bytes());
    }

    @Test
    void verify_countsThatDoNotAddUp_saysSo() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(new FakeClock(0)));
        random.exchange(1, 10).forEach(writer.newAppender()::append);
        writer.close(Ending.COMPLETE, new SourceCounts(3, Map.of("x", 1L), Map.of(), 0));
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).isFalse();
        assertThat(report.disagreements())
                .containsExactly(
                        "the manifest says 3 exchanges were seen, but recorded, filtered and lost add up to 2");
    }

    @Test
    void verify_logEmptied_hasNoSequence() throws IOException {
        Path run = Captures.write(store, List.of(random.end(1)));
        assertThat(CaptureVerifier.verify(run).sequence()).isEqualTo(VerifyReport.Sequence.GAPLESS);
        for (Path file : LogWalker.files(run)) {
            Files.write(file, new byte[0]);
        }
        VerifyReport report = CaptureVerifier.verify(run);
        assertThat(report.sequence()).isEqualTo(VerifyReport.Sequence.NONE);
        assertThat(report.ok()).isFalse();
        assertThat(report.disagreements()).contains("the manifest says 2 records, the log has 0");
    }

    @Test
    void verify_manifestOfAnotherCapture_disagrees() throws IOException {
        Path small = Captures.write(store.resolve("a"), List.of(random.end(1)));
        List<CaptureEvent> more = new ArrayList<>();
        for (int i = 1; i < 9; i++) {
            more.add(random.of(EventKind.STEP, 0));
        }
        Path large = Captures.write(store.resolve("b"), more);
        Files.copy(large.resolve("manifest.json"), small.resolve("manifest.json"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(CaptureVerifier.verify(small).disagreements())
                .hasSize(4)
                .contains("the manifest says 9 records, the log has 2", "the manifest says 8 steps, the log has 0");
    }

    @Test
    void verify_fileOfTheMiddleGone_isAHole() throws IOException {
        FakeClock clock = new FakeClock(0);
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        for (int hour = 0; hour < 3; hour++) {
            appender.append(random.of(EventKind.STEP, 0));
            appender.flush();
            clock.advanceMillis(100);
            long records = 2L * (hour + 1);
            await().until(() -> writer.syncedSeq() >= records - 1);
            clock.advanceMillis(3_600_000);
        }
        writer.close();
        List<Path> files = LogWalker.files(writer.folder());
        Files.delete(files.get(1));
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(report.ok()).isFalse();
        assertThat(report.sequence()).isEqualTo(VerifyReport.Sequence.WITH_HOLES);
        assertThat(report.log().holes()).hasSize(1);
        assertThat(report.log().holes().get(0).count()).isEqualTo(2);
        assertThat(report.log().damaged()).isEmpty();
    }
}
