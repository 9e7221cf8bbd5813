package dev.mcpreel.proxy.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/** A clock that is moved by hand, what waits for it, and a network in which upstreams are dead or alive. */
final class FakeProbe implements UpstreamProbe {
    private record Waiting(long dueNanos, long order, Runnable task) {}

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos).thenComparingLong(Waiting::order));
    private final List<Long> probedAtNanos = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private long nowNanos;
    private long order;

    long nowNanos() {
        return nowNanos;
    }

    void kill(String name) {
        dead.add(name);
    }

    void revive(String name) {
        dead.remove(name);
    }

    boolean isDead(String name) {
        return dead.contains(name);
    }

    /** When upstreams were probed so far. */
    List<Long> probedAtNanos() {
        return List.copyOf(probedAtNanos);
    }

    int waiting() {
        return waiting.size();
    }

    void advance(Duration by) {
        long untilNanos = nowNanos + by.toNanos();
        while (!waiting.isEmpty() && waiting.peek().dueNanos() <= untilNanos) {
            Waiting next = waiting.remove();
            nowNanos = next.dueNanos();
            next.task().run();
        }
        nowNanos = untilNanos;
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        waiting.add(new Waiting(nowNanos + delayNanos, order++, task));
    }

    @Override
    public void connect(Upstream upstream, Consumer<Boolean> reached) {
        probedAtNanos.add(nowNanos);
        reached.accept(!isDead(upstream.name()));
    }
}
