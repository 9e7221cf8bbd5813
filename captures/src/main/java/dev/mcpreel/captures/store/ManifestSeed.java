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
 * @param filter the rules by which exchanges are left out on purpose, as they were written
 */
public record ManifestSeed(
        Role role,
        String product,
        String listen,
        List<String> upstreams,
        List<String> redaction,
        @Nullable ReplayInfo replay,
        List<String> filter) {
    public ManifestSeed {
        filter = List.copyOf(filter);
        upstreams = List.copyOf(upstreams);
        redaction = List.copyOf(redaction);
    }

    /** Of a capture that nothing is left out of. */
    public ManifestSeed(
            Role role,
            String product,
            String listen,
            List<String> upstreams,
            List<String> redaction,
            @Nullable ReplayInfo replay) {
        this(role, product, listen, upstreams, redaction, replay, List.of());
    }

    public ManifestSeed withFilter(List<String> rules) {
        return new ManifestSeed(role, product, listen, upstreams, redaction, replay, rules);
    }
}
