package dev.mcpreel.proxy.upstream;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All upstreams, in the order of the configuration. Immutable but for what becomes of each; thread-safe. */
record Fleet(List<Instance> instances) {
    /**
     * The fleet with everybody up.
     *
     * @throws IllegalArgumentException when there is none, or one twice
     */
    static Fleet of(List<Upstream> upstreams, long nowNanos) {
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("there is no upstream; name at least one");
        }
        Set<String> seen = new HashSet<>();
        List<Instance> instances = new ArrayList<>();
        for (Upstream upstream : upstreams) {
            if (!seen.add(upstream.host().toLowerCase(Locale.ROOT) + " " + upstream.port())) {
                throw new IllegalArgumentException(upstream.name() + " is named twice; name each upstream once");
            }
            instances.add(new Instance(upstream, instances.size(), nowNanos));
        }
        return new Fleet(List.copyOf(instances));
    }

    boolean hasChoice() {
        return instances.size() > 1;
    }

    /**
     * Those that an exchange may go to now: the ones that are up, and only when none of those is left the ones that are
     * down, because a connection refused tells a client more than a guess.
     *
     * @param tried indices of those it could not be connected to
     * @return in the order of the configuration; empty when all were tried
     */
    List<Instance> candidates(BitSet tried) {
        List<Instance> up = new ArrayList<>(instances.size());
        List<Instance> down = new ArrayList<>(0);
        for (Instance instance : instances) {
            if (!tried.get(instance.index())) {
                (instance.isUp() ? up : down).add(instance);
            }
        }
        return up.isEmpty() ? down : up;
    }
}
