package dev.mcpreel.captures.session;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen when the capture's own time has come far enough; of the same time, first come first served. */
final class Deadlines {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
    private long nowNanos = Long.MIN_VALUE;
    private long order;

    void at(long atNanos, Runnable task) {
        entries.add(new Entry(atNanos, order++, task));
    }

    /** Moves the time on, never back, and runs what is due. */
    void advance(long toNanos) {
        nowNanos = Math.max(nowNanos, toNanos);
        Entry next = entries.peek();
        while (next != null && next.atNanos() < nowNanos) {
            entries.remove();
            next.task().run();
            next = entries.peek();
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    private record Entry(long atNanos, long order, Runnable task) {}
}
