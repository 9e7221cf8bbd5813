package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;

/**
 * What became of exchanges before they reached the writer. The writer adds what it recorded and lost itself, so each
 * exchange must be counted once: here when the source lost any event of it, even if its end was still appended (with
 * {@link CaptureAppender#appendIncomplete}).
 *
 * @param seen exchanges that began; -1 to let the writer add up the others
 * @param filtered exchanges left out on purpose, by the name of the filter
 * @param lost exchanges of which the source lost at least one event, by reason
 * @param lostSteps step records the source lost
 */
public record SourceCounts(long seen, Map<String, Long> filtered, Map<LossReason, Long> lost, long lostSteps) {
    /** Nothing was filtered and nothing lost. */
    public static final SourceCounts NONE = new SourceCounts(-1, Map.of(), Map.of(), 0);

    public SourceCounts {
        filtered = Map.copyOf(filtered);
        lost = Map.copyOf(lost);
    }
}
