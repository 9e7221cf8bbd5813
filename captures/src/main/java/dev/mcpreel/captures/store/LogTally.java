package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.RequestHead;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what {@link LoggedExchanges} tells, while a log is read. */
final class LogTally {
    private final Wholeness wholeness = new Wholeness();
    private final Map<LossReason, GapTotal> gaps = new EnumMap<>(LossReason.class);
    private long begun;
    private @Nullable ExchangeCounts counts;
    private long wholeAtCounts;
    private long lostSinceCounts;
    private @Nullable ClockAnchor anchor;

    void record(RecordView record) {
        wholeness.isDamagedEnd(record);
        if (anchor == null) {
            anchor = new ClockAnchor(record.monoNanos, record.wallNanos);
        }
    }

    void event(CaptureEvent event) {
        if (event instanceof RequestHead) {
            begun++;
        } else if (event instanceof Gap gap) {
            GapTotal one = new GapTotal(gap.reason(), 1, gap.exchanges(), gap.events(), gap.bytes());
            lostSinceCounts += gap.exchanges();
            gaps.merge(gap.reason(), one, GapTotal::plus);
        } else if (event instanceof ExchangeCounts told) {
            counts = told;
            wholeAtCounts = wholeness.whole();
            lostSinceCounts = 0;
        }
    }

    LoggedExchanges sum() {
        return new LoggedExchanges(
                begun,
                wholeness.whole(),
                wholeness.marked() + wholeness.damaged(),
                wholeness.open(),
                gaps,
                counts,
                wholeAtCounts,
                lostSinceCounts,
                anchor == null ? new ClockAnchor(0, 0) : anchor);
    }
}
