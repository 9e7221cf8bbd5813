package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a capture, ended or not, says of the exchanges it saw. */
@Timeout(30)
class AccountingTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong echoes = new AtomicLong();
    private final RandomEvents random = new RandomEvents(51);
    private long exchanges;

    @Test
    void counts_areWrittenEvery10sWhenTheyChange_andWithEachAnchor() {
        try (CaptureWriter writer = writer()) {
            CaptureAppender appender = writer.newAppender();
            clock.advanceMillis(10_000);
            await().until(() -> counted(writer).size() == 1);
            clock.advanceMillis(10_000);
            seen.set(3);
            clock.advanceMillis(10_000);
            await().until(() -> counted(writer).size() == 2);
            record(writer, appender, 2);
            clock.advanceMillis(9_000);
            await().until(() -> writer.status().recorded() == 2);
            assertThat(counted(writer)).hasSize(2);
            clock.advanceMillis(1_000);
            await().until(() -> counted(writer).size() == 3);
            clock.advanceMillis(20_000);
            await().until(() -> counted(writer).size() == 4);
            assertThat(counted(writer))
                    .extracting(ExchangeCounts::atNanos, ExchangeCounts::seen, ExchangeCounts::recorded)
                    .contains(tuple(40_000_000_000L, 3L, 2L), tuple(60_000_000_000L, 3L, 2L));
        }
    }

    @Test
    void interrupted_isAccountedForUpToItsLastCounts() {
        CaptureWriter writer = writer();
        CaptureAppender appender = writer.newAppender();
        record(writer, appender, 3);
        seen.set(9);
        echoes.set(2);
        clock.advanceMillis(10_000);
        await().until(() -> counted(writer).size() == 1);
        record(writer, appender, 2);
        appender.append(new Gap(1, LossReason.LANE_FULL, 0, 4, 9, 90));
        appender.flush();
        // What the writer takes right after a sync waits for the next one.
        await().until(() -> {
            clock.advanceMillis(100);
            return writer.syncedSeq() == 7;
        });

        Accounting accounting = verify().accounting();
        assertThat(accounting)
                .isEqualTo(new Accounting(
                        Accounting.Source.COUNTS,
                        FakeClock.WALL_START + 10_000_000_000L,
                        9,
                        3,
                        new TreeMap<>(Map.of("except tool:echo", 2L)),
                        Map.of(LossReason.LANE_FULL, 1L),
                        3,
                        5,
                        2,
                        4));
        assertThat(accounting.addsUp()).isTrue();
        writer.close();
        assertThat(verify().accounting().recorded())
                .as("the last word of a writer that can still speak")
                .isEqualTo(5);
    }

    @Test
    void ended_isAccountedForByItsManifest() {
        CaptureWriter writer = writer();
        CaptureAppender appender = writer.newAppender();
        record(writer, appender, 3);
        seen.set(6);
        echoes.set(2);
        writer.close(Ending.COMPLETE, source());
        VerifyReport report = verify();
        assertThat(report.ok()).as(report.toString()).isTrue();
        Accounting accounting = report.accounting();
        assertThat(accounting.source()).isEqualTo(Accounting.Source.MANIFEST);
        assertThat(accounting.sum()).isEqualTo(6);
        assertThat(accounting.open()).isZero();
        ExchangeCounts last = counted(writer).get(0);
        assertThat(last.recorded()).isEqualTo(3);
        assertThat(last.open()).isZero();
    }

    @Test
    void interruptedWithoutCounts_isAccountedForByWhatStandsInTheLog() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        record(writer, appender, 3);
        List<CaptureEvent> open = random.exchange(70, 10);
        appender.append(open.get(0));
        List<CaptureEvent> inPart = random.exchange(71, 10);
        appender.append(inPart.get(0));
        appender.appendIncomplete((ExchangeEnd) inPart.get(5));
        appender.append(new Gap(1, LossReason.LANE_FULL, 0, 0, 9, 90));
        writer.close();
        Accounting accounting = verify().accounting();
        assertThat(accounting.source()).isEqualTo(Accounting.Source.LOG);
        assertThat(accounting.recorded()).isEqualTo(3);
        assertThat(accounting.lost()).isEqualTo(Map.of(LossReason.LANE_FULL, 1L));
        assertThat(accounting.open()).isEqualTo(1);
        assertThat(accounting.seen()).isEqualTo(5);
    }

    @Test
    void gapsBehindTheCounts_areLostSince_whateverWasLostBefore() {
        CaptureWriter writer = writer();
        CaptureAppender appender = writer.newAppender();
        appender.append(new Gap(1, LossReason.LANE_FULL, 0, 1, 9, 90));
        appender.append(new ExchangeCounts(1, 50, 0, new TreeMap<>(), Map.of(LossReason.LANE_FULL, 50L), 0));
        appender.append(new Gap(2, LossReason.LANE_FULL, 0, 4, 9, 90));
        appender.flush();
        clock.advanceMillis(100);
        await().until(() -> writer.syncedSeq() == 3);
        assertThat(verify().accounting().lostSince()).isEqualTo(4);
        writer.close();
    }

    @Test
    void manifestGone_isAccountedForByItsLastCounts() throws IOException {
        CaptureWriter writer = writer();
        record(writer, writer.newAppender(), 3);
        seen.set(6);
        echoes.set(2);
        writer.close(Ending.COMPLETE, source());
        Accounting ended = verify().accounting();
        Files.delete(writer.folder().resolve("manifest.json"));
        Accounting accounting = CaptureVerifier.verify(writer.folder()).accounting();
        assertThat(accounting.source()).isEqualTo(Accounting.Source.COUNTS);
        assertThat(accounting.asOfNanos()).isEqualTo(FakeClock.WALL_START);
        assertThat(accounting.seen()).isEqualTo(6);
        assertThat(accounting.filtered()).isEqualTo(Map.of("except tool:echo", 2L));
        assertThat(accounting.lost()).isEqualTo(ended.lost());
    }

    @Test
    void logAlone_countsWhatWasRemovedAndWhatIsOpen() {
        CaptureWriter writer = writer();
        writer.close();
        Manifest open = CaptureReader.open(writer.folder())
                .manifest()
                .withRemoved(new Removed(1, 9, 90, 7, 6, 9, "2026-11-21T10:15:30Z"));
        LoggedExchanges logged = new LoggedExchanges(1, 2, 0, 3, Map.of(), null, 0, 0, new ClockAnchor(0, 0));
        Accounting accounting = Accounting.of(open, logged);
        assertThat(accounting.recorded()).isEqualTo(8);
        assertThat(accounting.open()).isEqualTo(3);
        assertThat(accounting.seen()).isEqualTo(11);
    }

    @Test
    void countsThatTheLogDoesNotBearOut_areADisagreement() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        record(writer, appender, 3);
        appender.append(new ExchangeCounts(1, 3, 4, new TreeMap<>(), Map.of(), 0));
        writer.close();
        VerifyReport report = verify();
        assertThat(report.ok()).isFalse();
        assertThat(report.disagreements())
                .containsExactly(
                        "the log's last counts say 4 exchanges were recorded whole, before them are 3",
                        "the log's last counts say 3 exchanges were seen, but recorded, filtered and lost are 1 more");
    }

    private CaptureWriter writer() {
        CaptureWriter writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock));
        writer.countedBy(this::source);
        return writer;
    }

    private SourceCounts source() {
        Map<String, Long> filtered = Map.of("except tool:echo", echoes.get(), "except tool:none", 0L);
        Map<LossReason, Long> lost = echoes.get() == 0 ? Map.of() : Map.of(LossReason.LANE_FULL, 1L);
        return new SourceCounts(seen.get(), filtered, lost, echoes.get() == 0 ? 0 : 5);
    }

    /** Appends whole exchanges, and waits until they are in the log. */
    private void record(CaptureWriter writer, CaptureAppender appender, int count) {
        for (int i = 0; i < count; i++) {
            random.exchange(++exchanges, 10).forEach(appender::append);
        }
        appender.flush();
        await().until(() -> writer.status().queuedBytes() == 0);
    }

    private List<ExchangeCounts> counted(CaptureWriter writer) {
        return Captures.read(writer.folder()).stream()
                .filter(ExchangeCounts.class::isInstance)
                .map(ExchangeCounts.class::cast)
                .toList();
    }

    private VerifyReport verify() {
        return CaptureVerifier.verify(store);
    }
}
