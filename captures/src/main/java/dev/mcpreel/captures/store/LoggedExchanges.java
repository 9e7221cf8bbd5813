package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a log say of its exchanges.
 *
 * @param begun exchanges whose request head is there
 * @param whole exchanges that ended with every event there
 * @param inPart exchanges whose end says that some of their events were lost, or of which records are missing
 * @param open exchanges without an end
 * @param gaps what the recorder itself says it lost, by reason
 * @param counts the last counts it wrote down, if it did
 * @param wholeAtCounts exchanges that stand in the log whole before those counts
 * @param lostSinceCounts exchanges that gaps behind those counts tell of; a gap is written some time after the loss
 * @param anchor the times of the first record
 */
public record LoggedExchanges(
        long begun,
        long whole,
        long inPart,
        long open,
        Map<LossReason, GapTotal> gaps,
        @Nullable ExchangeCounts counts,
        long wholeAtCounts,
        long lostSinceCounts,
        ClockAnchor anchor) {
    /** Of a log that has none, or was not read. */
    public static final LoggedExchanges NONE =
            new LoggedExchanges(0, 0, 0, 0, Map.of(), null, 0, 0, new ClockAnchor(0, 0));

    public LoggedExchanges {
        gaps = Map.copyOf(gaps);
    }
}
