package dev.mcpreel.replay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OwnTimeTest {
    private final OwnTime own = new OwnTime();

    @Test
    void total_answersAtTheSameTime_countOnce() {
        own.begin(100);
        own.begin(150);
        own.end(180);
        own.end(250);
        own.begin(400);
        own.end(410);
        assertThat(own.totalNanos(1000)).isEqualTo(160);
    }

    @Test
    void total_answeringStillGoesOn_countsItToNow() {
        own.begin(100);
        assertThat(own.totalNanos(130)).isEqualTo(30);
        own.end(140);
        own.end(150);
        assertThat(own.totalNanos(1000)).isEqualTo(40);
    }
}
