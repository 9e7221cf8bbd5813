package dev.mcpreel.proxy.upstream;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the fewest exchanges are in flight, ties one after the other. Loops that ask in the same moment may see the same
 * counts; no instance gets ahead by more than one exchange for each loop.
 */
final class LeastInFlight implements Placement {
    private final RoundRobin ties = new RoundRobin();

    @Override
    public Instance choose(List<Instance> candidates) {
        int fewest = Integer.MAX_VALUE;
        List<Instance> least = new ArrayList<>(candidates.size());
        for (Instance candidate : candidates) {
            int inFlight = candidate.inFlight();
            if (inFlight < fewest) {
                fewest = inFlight;
                least.clear();
            }
            if (inFlight == fewest) {
                least.add(candidate);
            }
        }
        return ties.choose(least);
    }
}
