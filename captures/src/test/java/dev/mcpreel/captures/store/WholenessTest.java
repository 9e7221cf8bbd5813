package dev.mcpreel.captures.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WholenessTest {
    private final RandomEvents random = new RandomEvents(3);
    private final Wholeness wholeness = new Wholeness(2);

    @Test
    void exchangesOpenBeyondCounting_areOpen_andThenInPart() {
        for (int id = 1; id <= 5; id++) {
            assertThat(take(random.of(EventKind.REQUEST_HEAD, id))).isFalse();
        }
        assertThat(wholeness.open()).isEqualTo(5);
        assertThat(take(random.end(1))).isFalse();
        assertThat(take(random.end(5))).as("nobody knows what of it is there").isTrue();
        assertThat(take(random.end(2))).isFalse();
        assertThat(wholeness.whole()).isEqualTo(2);
        assertThat(wholeness.damaged()).isEqualTo(1);
        assertThat(wholeness.open()).isEqualTo(2);
        take(random.of(EventKind.REQUEST_HEAD, 6));
        assertThat(take(random.end(6))).as("there is room again").isFalse();
        assertThat(wholeness.whole()).isEqualTo(3);
    }

    private boolean take(CaptureEvent event) {
        RecordView view = new RecordView();
        view.set(Frames.of(event), 0);
        return wholeness.isDamagedEnd(view);
    }
}
