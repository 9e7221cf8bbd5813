package dev.mcpreel.analysis.summary;

import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Manifest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which capture the numbers are of.
 *
 * @param role {@code recorded} or {@code replayed}
 * @param startedAt ISO 8601 instant
 * @param endedAt ISO 8601 instant, null for a capture without an end
 * @param ending {@code complete}, {@code stopped} or {@code open}
 * @param trafficMillis from the first to the last moment of traffic: what rates refer to
 * @param counts as the manifest has them: exact once the capture ended
 * @param listen where clients connected, empty for a replay
 * @param filter the rules by which exchanges were left out on purpose
 */
public record CaptureInfo(
        String id,
        String role,
        String product,
        String startedAt,
        @Nullable String endedAt,
        String ending,
        double trafficMillis,
        Counts counts,
        String listen,
        List<String> upstreams,
        List<String> filter) {
    public CaptureInfo {
        upstreams = List.copyOf(upstreams);
        filter = List.copyOf(filter);
    }

    static CaptureInfo of(Manifest manifest, long trafficNanos) {
        return new CaptureInfo(
                manifest.id(),
                manifest.role().name().toLowerCase(Locale.ROOT),
                manifest.product(),
                manifest.startedAt(),
                manifest.endedAt(),
                manifest.ending().name().toLowerCase(Locale.ROOT),
                trafficNanos / 1e6,
                manifest.counts(),
                manifest.listen(),
                manifest.upstreams(),
                manifest.filter());
    }
}
