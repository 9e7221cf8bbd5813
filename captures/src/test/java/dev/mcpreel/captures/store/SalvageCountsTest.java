package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Salvage of a capture without an end knows what its recorder last counted. */
@Timeout(30)
class SalvageCountsTest {
    private static final Map<String, Long> FILTERED = Map.of("except tool:echo", 926L);

    @TempDir
    Path work;

    private final FakeClock clock = new FakeClock(5_000_000_000L);
    private final RandomEvents random = new RandomEvents(63);

    @Test
    void interrupted_keepsWhatWasFilteredAndLost() {
        Counts made = salvaged(whole(20, told(954, 20, Map.of(LossReason.LANE_FULL, 8L))));
        assertThat(made.seen()).isEqualTo(954);
        assertThat(made.recorded()).isEqualTo(20);
        assertThat(made.filtered()).isEqualTo(FILTERED);
        assertThat(made.lost()).isEqualTo(Map.of(LossReason.LANE_FULL, 8L));
        assertThat(made.lostSteps()).isEqualTo(3);
    }

    @Test
    void manifestGone_keepsThemToo() throws IOException {
        Path capture = whole(20, told(954, 20, Map.of(LossReason.LANE_FULL, 8L)));
        Files.delete(capture.resolve("manifest.json"));
        Counts made = salvaged(capture);
        assertThat(made.seen()).isEqualTo(954);
        assertThat(made.filtered()).isEqualTo(FILTERED);
        assertThat(made.lost()).isEqualTo(Map.of(LossReason.LANE_FULL, 8L));
    }

    @Test
    void lossesBehindTheCounts_andWhatWasUnderWay_areLost() {
        // Of 18 under way two were recorded, and a lane lost five exchanges more than were counted.
        Path capture = whole(
                20,
                told(972, 20, Map.of(LossReason.LANE_FULL, 8L)),
                gap(LossReason.LANE_FULL, 13),
                whole(31),
                whole(32));
        Counts made = salvaged(capture);
        assertThat(made.recorded()).isEqualTo(22);
        assertThat(made.lost()).isEqualTo(Map.of(LossReason.LANE_FULL, 13L, LossReason.DAMAGED, 11L));
        assertThat(made.seen()).isEqualTo(972);
    }

    @Test
    void moreOpenInTheLogThanCounted_isLost() {
        Path capture = whole(2, told(928, 2, Map.of()), random.exchange(50, 10).subList(0, 1));
        Counts made = salvaged(capture);
        assertThat(made.lost()).isEqualTo(Map.of(LossReason.DAMAGED, 1L));
        assertThat(made.seen()).isEqualTo(929);
    }

    @Test
    void countsThatCannotBe_areNotTaken() {
        Counts made = salvaged(whole(2, told(900, 2, Map.of()), told(5, 900, Map.of())));
        assertThat(made.filtered()).isEmpty();
        assertThat(made.seen()).isEqualTo(2);
    }

    private static List<CaptureEvent> told(long seen, long recorded, Map<LossReason, Long> lost) {
        return List.of(new ExchangeCounts(9, seen, recorded, new TreeMap<>(FILTERED), lost, 3));
    }

    private static List<CaptureEvent> gap(LossReason reason, long exchanges) {
        return List.of(new Gap(9, reason, 0, exchanges, exchanges, 0));
    }

    private List<CaptureEvent> whole(long id) {
        return random.exchange(id, 10);
    }

    @SafeVarargs
    private final Path whole(int exchanges, List<CaptureEvent>... then) {
        CaptureWriter writer = CaptureWriter.create(work.resolve("store"), Captures.SEED, Captures.options(clock));
        CaptureAppender appender = writer.newAppender();
        for (int id = 1; id <= exchanges; id++) {
            whole(id).forEach(appender::append);
        }
        for (List<CaptureEvent> events : then) {
            events.forEach(appender::append);
        }
        writer.close();
        return writer.folder();
    }

    private Counts salvaged(Path capture) {
        Path made = CaptureSalvager.salvage(capture, work.resolve("out"), "test", Captures.options(clock))
                .folder();
        VerifyReport report = CaptureVerifier.verify(made);
        assertThat(report.ok()).as(report.toString()).isTrue();
        assertThat(report.accounting().addsUp()).isTrue();
        return report.manifest().counts();
    }
}
