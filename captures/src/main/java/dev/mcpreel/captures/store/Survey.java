package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.UpstreamConnected;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the records themselves tell of a capture, for where its manifest cannot be read. */
final class Survey {
    private static final int MAX_UPSTREAMS = 100;

    private final Wholeness wholeness = new Wholeness();
    private final Set<String> upstreams = new LinkedHashSet<>();
    private @Nullable ClockAnchor anchor;
    private boolean beginsWithAnchor;
    private boolean replayed;
    private long lastWallNanos = Long.MIN_VALUE;

    void record(RecordView record) {
        wholeness.isDamagedEnd(record);
        RecordType type = record.type();
        if (anchor == null) {
            anchor = new ClockAnchor(record.monoNanos, record.wallNanos);
            beginsWithAnchor = type == RecordType.CLOCK_ANCHOR;
        }
        replayed |= type == RecordType.STEP || type == RecordType.RUN_SAMPLE || type == RecordType.NAME_DEFINED;
        lastWallNanos = Math.max(lastWallNanos, record.wallNanos);
    }

    void event(CaptureEvent event) {
        if (event instanceof UpstreamConnected connected && upstreams.size() < MAX_UPSTREAMS) {
            upstreams.add(connected.instance());
        }
    }

    Wholeness wholeness() {
        return wholeness;
    }

    /** The two clocks as the first record has them; zeros without a record. */
    ClockAnchor anchor() {
        return anchor == null ? new ClockAnchor(0, 0) : anchor;
    }

    boolean beginsWithAnchor() {
        return beginsWithAnchor;
    }

    /** Only a replay leaves such records. */
    Role role() {
        return replayed ? Role.REPLAYED : Role.RECORDED;
    }

    /** Where the traffic went, as far as it got there. */
    List<String> upstreams() {
        return List.copyOf(upstreams);
    }

    /** The latest time of any record. */
    long lastWallNanos() {
        return lastWallNanos;
    }
}
