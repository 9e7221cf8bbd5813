package dev.mcpreel.captures.transfer;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Puts lines into the order of their starts as far as a bounded stretch of them allows. */
final class StartOrder {
    private static final int MOST_LINES = 1_000;
    private static final long MOST_CHARS = 8L << 20;

    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::startNanos).thenComparingLong(Held::order));
    private final Consumer<String> sink;
    private long order;
    private long chars;

    StartOrder(Consumer<String> sink) {
        this.sink = sink;
    }

    void add(long startNanos, String line) {
        held.add(new Held(startNanos, order++, line));
        chars += line.length();
        while (held.size() > MOST_LINES || chars > MOST_CHARS) {
            release();
        }
    }

    void finish() {
        while (!held.isEmpty()) {
            release();
        }
    }

    private void release() {
        Held first = held.remove();
        chars -= first.line().length();
        sink.accept(first.line());
    }

    private record Held(long startNanos, long order, String line) {}
}
