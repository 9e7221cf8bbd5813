package dev.mcpreel.captures.session;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What is to happen when the capture's own time has come far enough; of the same time, first come first served. */
final class Deadlines {
    private final TreeMap<Entry, Runnable> entries =
            new TreeMap<>(Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order));
    private long nowNanos = Long.MIN_VALUE;
    private long order;

    /** One of them, to be called off. */
    record Entry(long atNanos, long order) {}

    Entry at(long atNanos, Runnable task) {
        Entry entry = new Entry(atNanos, order++);
        entries.put(entry, task);
        return entry;
    }

    /** It is not to happen any more; nothing when it has. */
    void callOff(Entry entry) {
        entries.remove(entry);
    }

    /** Moves the time on, never back, and runs what is due. */
    void advance(long toNanos) {
        nowNanos = Math.max(nowNanos, toNanos);
        while (!entries.isEmpty() && entries.firstKey().atNanos() < nowNanos) {
            Map.Entry<Entry, Runnable> next = entries.pollFirstEntry();
            next.getValue().run();
        }
    }

    long nowNanos() {
        return nowNanos;
    }
}
