package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.tap.RecorderStatus;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordingNewsTest {
    private static final Map<LossReason, Long> NONE = Map.of();

    private RecorderStatus status = status("", NONE);
    private final AtomicLong nanos = new AtomicLong();
    private final RecordingNews news = new RecordingNews(() -> status, nanos::get);

    @Test
    void trouble_isToldOnceWhenItBegins_andOnceWhenItIsOver() {
        assertThat(news.get()).isEmpty();
        status = status("the disk has not answered for 2 s", NONE);
        assertThat(news.get()).isEqualTo("NOT RECORDING: the disk has not answered for 2 s; the traffic goes on");
        later(3);
        status = status("the disk has not answered for 5 s", NONE);
        assertThat(news.get()).isEmpty();
        later(2);
        status = status("", NONE);
        assertThat(news.get()).isEqualTo("recording again after 5s; lost nothing so far");
        assertThat(news.get()).isEmpty();
    }

    @Test
    void loss_whileInTrouble_isToldAtOnce_andThenEvery10s() {
        status = status("the disk is full", NONE);
        assertThat(news.get()).isEqualTo("NOT RECORDING: the disk is full; the traffic goes on");
        status = status("the disk is full", Map.of(LossReason.DISK_FULL, 1L));
        assertThat(news.get())
                .isEqualTo("NOT RECORDING: the disk is full; LOST 1 exchange (disk full); the traffic goes on");
        status = status("the disk is full", Map.of(LossReason.DISK_FULL, 90L));
        later(9);
        assertThat(news.get()).isEmpty();
        later(1);
        assertThat(news.get()).contains("LOST 90 exchanges (disk full)");
        later(10);
        assertThat(news.get()).isEmpty();
        status = status("", Map.of(LossReason.DISK_FULL, 90L));
        assertThat(news.get()).isEqualTo("recording again after 20s; LOST 90 exchanges (disk full) so far");
    }

    @Test
    void loss_withoutTrouble_isTold() {
        status = status("", Map.of(LossReason.LANE_FULL, 3L));
        assertThat(news.get()).isEqualTo("LOST 3 exchanges (lane full); the traffic goes on");
    }

    @Test
    void trouble_thatTurnsIntoAnother_isToldAsOne() {
        status = status("the disk has not answered for 2 s", NONE);
        assertThat(news.get()).startsWith("NOT RECORDING: the disk has not answered");
        later(4);
        status = status("the log cannot be written", NONE);
        assertThat(news.get()).isEqualTo("NOT RECORDING: the log cannot be written; the traffic goes on");
        later(4);
        status = status("", NONE);
        assertThat(news.get()).startsWith("recording again after 8s");
    }

    @Test
    void alarm_in80Columns_showsTroubleAndLossFirst() {
        RecorderStatus worst = status(
                "the disk has not answered for 3600 s",
                Map.of(LossReason.LANE_FULL, 1_234_567L, LossReason.DISK_FULL, 890L));
        String seen = RecordingWords.alarm(worst).substring(0, 79);
        assertThat(seen).isEqualTo("NOT RECORDING: the disk has not answered for 3600 s; LOST 1235457 exchanges (la");
        RecorderStatus usual = status("the disk is full", Map.of(LossReason.DISK_FULL, 1_234_567L));
        assertThat(RecordingWords.alarm(usual))
                .isEqualTo("NOT RECORDING: the disk is full; LOST 1234567 exchanges (disk full); ")
                .hasSizeLessThan(80);
        RecorderStatus wordy = status("the recorder failed: " + "x".repeat(100), Map.of(LossReason.RECORDER_FAULT, 7L));
        assertThat(RecordingWords.alarm(wordy).substring(0, 79)).contains("...; LOST 7 excha");
    }

    private void later(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static RecorderStatus status(String trouble, Map<LossReason, Long> lost) {
        return new RecorderStatus(1_000, 0, Map.of(), lost, 5, trouble);
    }
}
