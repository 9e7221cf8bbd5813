package dev.mcpreel.proxy.upstream;

import java.util.List;

/**
 * By a key that is known before the exchange: bound to the key's first choice among all that are configured, up or not.
 * While that one is down every exchange of the key is away from home.
 */
record HashPlacement(Key key) implements Placement {
    @Override
    public Instance choose(List<Instance> candidates) {
        return Rendezvous.first(key, candidates);
    }

    @Override
    public Instance home(Fleet fleet) {
        return Rendezvous.first(key, fleet.instances());
    }
}
