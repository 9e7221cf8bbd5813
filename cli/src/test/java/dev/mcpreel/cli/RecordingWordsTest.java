package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.tap.RecorderStatus;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordingWordsTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(20);

    @Test
    void progress_isASum_withWhatIsWrongFirst() {
        RecorderStatus status = new RecorderStatus(
                940, 912, Map.of("except tool:echo", 8L), Map.of(LossReason.LANE_FULL, 2L), 4096, "");
        assertThat(RecordingWords.progress(status, 3, 40, NANOS))
                .isEqualTo("LOST 2 exchanges (lane full); recording 20s: 3 sessions, 40 calls (2.0/s), seen 940 = 912"
                        + " recorded + 8 filtered (except tool:echo) + 2 lost (lane full) + 18 open, "
                        + Amounts.bytes(4096));
    }

    @Test
    void progress_manyReasons_hasEachWithItsNumber() {
        RecorderStatus status = new RecorderStatus(
                20,
                10,
                Map.of("except tool:a", 2L, "except tool:b", 1L),
                Map.of(LossReason.LANE_FULL, 3L, LossReason.DISK_FULL, 4L),
                0,
                "");
        assertThat(RecordingWords.progress(status, 1, 1, NANOS))
                .contains("seen 20 = 10 recorded + 3 filtered (except tool:a 2, except tool:b 1)"
                        + " + 7 lost (disk full 4, lane full 3), ");
    }

    @Test
    void progress_nothingLost_fitsInto80Columns_andSaysSo() {
        RecorderStatus status = new RecorderStatus(912, 912, Map.of(), Map.of(), 4096, "");
        assertThat(RecordingWords.progress(status, 3, 40, NANOS).substring(0, 79))
                .startsWith("recording 20s: 3 sessions, 40 calls (2.0/s), seen 912 = 912 recorded + 0 lost, ");
    }

    @Test
    void notRecorded_saysOfHowMany() {
        Counts counts =
                new Counts(940, 930, Map.of("except tool:echo", 8L), Map.of(LossReason.LANE_FULL, 2L), 1, 1, 0, 0);
        assertThat(RecordingWords.notRecorded(counts))
                .isEqualTo("LOST 2 exchanges (lane full), filtered 8 (except tool:echo); seen 940 exchanges");
    }
}
