package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CoalescingTest {
    @TempDir
    Path store;

    private final FakeClock clock = new FakeClock(0);
    private final RandomEvents random = new RandomEvents(11);
    private CaptureWriter writer;
    private CaptureAppender appender;

    @BeforeEach
    void open() {
        writer = CaptureWriter.create(store, Captures.SEED, Captures.options(clock));
        appender = writer.newAppender();
    }

    @Test
    void exchange_small_isOneRecord() {
        List<CaptureEvent> events = random.exchange(1, 300);
        events.forEach(appender::append);
        assertRecords(1, events);
    }

    @Test
    void exchange_large_isARecordForEachEvent() {
        List<CaptureEvent> events = random.exchange(1, 9_000);
        events.forEach(appender::append);
        assertRecords(6, events);
    }

    @Test
    void exchange_withLongBody_isChunked() {
        List<CaptureEvent> events = random.exchange(1, 150_000);
        events.forEach(appender::append);
        assertRecords(4 + 3 + 3, events);
    }

    @Test
    void exchange_slow_isWrittenWhenTheTickFindsItOld() {
        List<CaptureEvent> events = random.exchange(1, 10);
        events.subList(0, 3).forEach(appender::append);
        clock.advanceMillis(60);
        appender.tick(clock.now());
        List<CaptureEvent> young = random.exchange(2, 10);
        young.subList(0, 2).forEach(appender::append);
        clock.advanceMillis(60);
        appender.tick(clock.now());
        young.subList(2, 6).forEach(appender::append);
        events.subList(3, 6).forEach(appender::append);
        List<CaptureEvent> expected = new ArrayList<>(events.subList(0, 3));
        expected.addAll(young);
        expected.addAll(events.subList(3, 6));
        assertRecords(3 + 1 + 3, expected);
    }

    @Test
    void exchange_neverEnded_isWrittenAtTheFlush() {
        List<CaptureEvent> events = random.exchange(1, 10).subList(0, 4);
        events.forEach(appender::append);
        assertRecords(4, events);
    }

    @Test
    void exchange_interleavedWithOthers_keepsItsOwnOrder() {
        List<List<CaptureEvent>> exchanges = new ArrayList<>();
        for (int id = 1; id <= 20; id++) {
            exchanges.add(random.exchange(id, id * 900));
        }
        for (int i = 0; i < 6; i++) {
            for (List<CaptureEvent> exchange : exchanges) {
                appender.append(exchange.get(i));
            }
        }
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        List<CaptureEvent> read = Captures.read(writer.folder());
        for (int id = 1; id <= 20; id++) {
            long wanted = id;
            assertThat(read.stream().filter(event -> ((ExchangeEvent) event).exchangeId() == wanted))
                    .containsExactlyElementsOf(exchanges.get(id - 1));
        }
    }

    @Test
    void end_incomplete_isCountedByTheSourceAlone() {
        List<CaptureEvent> small = random.exchange(1, 10);
        small.subList(0, 5).forEach(appender::append);
        appender.appendIncomplete((ExchangeEnd) small.get(5));
        List<CaptureEvent> large = random.exchange(2, 20_000);
        large.subList(0, 5).forEach(appender::append);
        appender.appendIncomplete((ExchangeEnd) large.get(5));
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        VerifyReport report = CaptureVerifier.verify(store);
        assertThat(manifest.counts().recorded()).isZero();
        assertThat(report.exchangesInPart()).isEqualTo(2);
        assertThat(report.exchangesEnded()).isEqualTo(2);
        assertThat(report.ok()).isTrue();
        assertThat(Captures.read(writer.folder())).hasSize(12);
    }

    @Test
    void event_ofNoExchange_isNotHeldBack() {
        random.exchange(1, 10).subList(0, 2).forEach(appender::append);
        ClockAnchor anchor = new ClockAnchor(1, 2);
        appender.append(anchor);
        appender.tick(clock.now());
        writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(Captures.read(writer.folder()).get(0)).isEqualTo(anchor);
    }

    private void assertRecords(int records, List<CaptureEvent> events) {
        Manifest manifest = writer.close(Ending.COMPLETE, SourceCounts.NONE);
        assertThat(manifest.counts().records()).isEqualTo(1 + records);
        assertThat(Captures.read(writer.folder())).isEqualTo(events);
        assertThat(CaptureVerifier.verify(store).ok()).isTrue();
    }
}
