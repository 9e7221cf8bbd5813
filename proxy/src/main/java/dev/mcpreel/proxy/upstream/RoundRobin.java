package dev.mcpreel.proxy.upstream;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One after the other. Counts turns, not clients, so that it is fair however many loops ask at once. */
final class RoundRobin implements Placement {
    private final AtomicInteger turn;

    RoundRobin() {
        this(0);
    }

    RoundRobin(int firstTurn) {
        turn = new AtomicInteger(firstTurn);
    }

    @Override
    public Instance choose(List<Instance> candidates) {
        return candidates.get(Integer.remainderUnsigned(turn.getAndIncrement(), candidates.size()));
    }
}
