package dev.mcpreel.captures.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writer's caller knows of a capture before it begins; the writer adds id, times and counts.
 *
 * @param product name and version of the program
 * @param listen where clients connect, empty for a replay
 * @param upstreams where the traffic goes
 * @param redaction what is kept from the disk, in words
 * @param replay null for a recording
 */
public record ManifestSeed(
        Role role,
        String product,
        String listen,
        List<String> upstreams,
        List<String> redaction,
        @Nullable ReplayInfo replay) {
    public ManifestSeed {
        upstreams = List.copyOf(upstreams);
        redaction = List.copyOf(redaction);
    }
}
