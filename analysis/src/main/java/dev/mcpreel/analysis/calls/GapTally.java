package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What the log itself says was lost. */
public final class GapTally {
    private final Map<LossReason, Long> exchanges = new EnumMap<>(LossReason.class);
    private long events;
    private long bytes;

    GapTally() {}

    void add(Gap gap) {
        exchanges.merge(gap.reason(), gap.exchanges(), Long::sum);
        events += gap.events();
        bytes += gap.bytes();
    }

    /** Exchanges that lost at least their first event, by reason. */
    public Map<LossReason, Long> exchanges() {
        return Collections.unmodifiableMap(exchanges);
    }

    public long events() {
        return events;
    }

    /** Body bytes. */
    public long bytes() {
        return bytes;
    }
}
