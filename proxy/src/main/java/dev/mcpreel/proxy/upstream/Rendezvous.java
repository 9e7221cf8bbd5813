package dev.mcpreel.proxy.upstream;

import java.util.List;

/**
 * Rendezvous hashing: every upstream has a weight for a key, and the heaviest has the key. When an upstream falls away
 * only its own keys move, each to its next in weight, and they come home with it. Weights hang on the upstream's name and
 * the key alone: the same after a restart, and whatever the order the upstreams are given in.
 */
final class Rendezvous {
    private Rendezvous() {}

    /**
     * The heaviest for a key.
     *
     * @param among not empty
     */
    static Instance first(Key key, List<Instance> among) {
        Instance heaviest = among.get(0);
        for (Instance instance : among) {
            if (weight(key, instance) > weight(key, heaviest)) {
                heaviest = instance;
            }
        }
        return heaviest;
    }

    private static long weight(Key key, Instance instance) {
        return Mix.mix(key.high() ^ Mix.mix(key.low() ^ instance.salt()));
    }
}
