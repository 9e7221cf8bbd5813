package dev.mcpreel.captures.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.NameDefined;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StepLaneTest {
    private final StepLane lane = new StepLane(() -> 5);

    @Test
    void nameId_beyondTheMostNames_isTheOneOfAllOthers() {
        int first = lane.nameId("name-0");
        for (int i = 1; i < StepLane.MOST_NAMES; i++) {
            lane.nameId("name-" + i);
        }
        int other = lane.nameId("one more");

        assertThat(lane.nameId("and another")).isEqualTo(other);
        assertThat(lane.nameId("name-0")).isEqualTo(first);
        List<String> defined = defined();
        assertThat(defined).hasSize(StepLane.MOST_NAMES + 1).endsWith(StepLane.OTHER);
    }

    private List<String> defined() {
        List<String> names = new ArrayList<>();
        CaptureEvent event;
        while ((event = lane.poll()) != null) {
            if (event instanceof NameDefined definition) {
                names.add(definition.name());
            }
        }
        return names;
    }
}
