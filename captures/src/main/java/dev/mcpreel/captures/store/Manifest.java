package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture says of itself: the file {@code manifest.json} of its folder.
 *
 * @param format version of the log, see docs/CAPTURE_FORMAT.md
 * @param id names the capture, the name of its folder
 * @param product name and version of the writer
 * @param startedAt ISO 8601 instant
 * @param endedAt ISO 8601 instant, null while open
 * @param anchor ties the monotonic times of the log to the wall clock
 * @param listen where clients connected, empty for a replay
 * @param upstreams where the traffic went
 * @param redaction what was kept from the disk, in words
 * @param counts as far as known: exact once ended
 * @param replay null for a recording
 * @param relay null for a replay, and for captures of before it was written down
 * @param removed what retention removed from the beginning, null when nothing
 */
public record Manifest(
        int format,
        String id,
        Role role,
        String product,
        String startedAt,
        @Nullable String endedAt,
        Ending ending,
        ClockAnchor anchor,
        String listen,
        List<String> upstreams,
        List<String> redaction,
        Counts counts,
        @Nullable ReplayInfo replay,
        @Nullable RelayInfo relay,
        @Nullable Removed removed) {
    /** The version this code writes, and the newest it reads. */
    public static final int FORMAT = 1;

    public Manifest {
        upstreams = List.copyOf(upstreams);
        redaction = List.copyOf(redaction);
    }

    /** The same capture, ended. */
    public Manifest ended(String at, Ending how, Counts finalCounts) {
        return new Manifest(
                format,
                id,
                role,
                product,
                startedAt,
                at,
                how,
                anchor,
                listen,
                upstreams,
                redaction,
                finalCounts,
                replay,
                relay,
                removed);
    }

    public Manifest withListen(String origin, RelayInfo info) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, origin, upstreams, redaction, counts,
                replay, info, removed);
    }

    public Manifest withReplay(ReplayInfo info) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                info, relay, removed);
    }

    Manifest withRemoved(Removed what) {
        return new Manifest(
                format, id, role, product, startedAt, endedAt, ending, anchor, listen, upstreams, redaction, counts,
                replay, relay, what);
    }
}
