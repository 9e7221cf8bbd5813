package dev.mcpreel.analysis.calls;

import java.util.Arrays;

/**
 * How many of a set of time spans lay over one another. Keeps 16 bytes for each span: the one thing in an analysis that
 * grows with the number of sessions.
 */
final class Overlap {
    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private int size;

    void add(long startNanos, long endNanos) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        starts[size] = startNanos;
        ends[size] = Math.max(startNanos, endNanos);
        size++;
    }

    /** Both ends of a span belong to it. All 0 without spans. */
    Concurrency measure() {
        long[] opens = Arrays.copyOf(starts, size);
        long[] closes = Arrays.copyOf(ends, size);
        Arrays.sort(opens);
        Arrays.sort(closes);
        int alive = 0;
        int peak = 0;
        // Until the first close their number only grows.
        int least =
                (int) Arrays.stream(opens).takeWhile(open -> open == opens[0]).count();
        int opened = 0;
        for (int closed = 0; closed < size; closed++) {
            while (opened < size && opens[opened] <= closes[closed]) {
                opened++;
                alive++;
            }
            peak = Math.max(peak, alive);
            if (closes[closed] == closes[size - 1]) {
                return new Concurrency(alive, Math.min(least, alive), peak);
            }
            alive--;
            // Between this close and the next moment anything happens.
            if (closes[closed + 1] != closes[closed]) {
                least = Math.min(least, alive);
            }
        }
        return Concurrency.NONE;
    }
}
