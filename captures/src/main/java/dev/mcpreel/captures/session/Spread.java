package dev.mcpreel.captures.session;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How a number is spread: exact while there are few, then in steps of at most 1.6 %. Small, because every open session has
 * some. Values are not negative. Not thread-safe while it is added to.
 */
public final class Spread {
    private static final int EXACT = 64;
    private static final int STEP_BITS = 6;

    private long[] few = new long[0];
    private final TreeMap<Long, Long> steps = new TreeMap<>();
    private long count;
    private long sum;
    private long max;

    /** Nothing yet. */
    public Spread() {}

    /** With these values. */
    public static Spread of(long... values) {
        Spread spread = new Spread();
        Arrays.stream(values).forEach(spread::add);
        return spread;
    }

    public void add(long value) {
        add(value, 1);
    }

    /** Adds what another one has. */
    public void add(Spread other) {
        long total = sum + other.sum;
        for (Map.Entry<Long, Long> step : other.counts().entrySet()) {
            add(step.getKey(), step.getValue());
        }
        sum = total;
        max = Math.max(max, other.max);
    }

    private void add(long value, long times) {
        long positive = Math.max(0, value);
        boolean exact = steps.isEmpty() && count + times <= EXACT;
        if (exact) {
            if (few.length < count + times) {
                few = Arrays.copyOf(few, (int) Math.min(EXACT, Math.max(count + times, 2 * count)));
            }
            Arrays.fill(few, (int) count, (int) (count + times), positive);
        } else {
            if (steps.isEmpty()) {
                Arrays.stream(few, 0, (int) count).forEach(each -> steps.merge(step(each), 1L, Long::sum));
                few = new long[0];
            }
            steps.merge(step(positive), times, Long::sum);
        }
        count += times;
        sum += positive * times;
        max = Math.max(max, positive);
    }

    /** The lowest value of its step, so that equal values stay equal. */
    private static long step(long value) {
        int drop = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - STEP_BITS - 1);
        return value >>> drop << drop;
    }

    public long count() {
        return count;
    }

    /** Exact. */
    public long sum() {
        return sum;
    }

    /** Exact; 0 when there is none. */
    public long max() {
        return max;
    }

    /** 0 when there is none. */
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /**
     * The smallest value that at least this share of all do not exceed; 0 when there is none.
     *
     * @param share from 0 to 1
     */
    public long quantile(double share) {
        if (count == 0) {
            return 0;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        if (wanted == count) {
            return max;
        }
        long seen = 0;
        for (Map.Entry<Long, Long> step : counts().entrySet()) {
            seen += step.getValue();
            if (seen >= wanted) {
                return step.getKey();
            }
        }
        return max;
    }

    /** How often each value or step was met, in rising order. */
    public NavigableMap<Long, Long> counts() {
        if (!steps.isEmpty()) {
            return new TreeMap<>(steps);
        }
        TreeMap<Long, Long> counts = new TreeMap<>();
        Arrays.stream(few, 0, (int) count).forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spread spread
                && count == spread.count
                && sum == spread.sum
                && max == spread.max
                && counts().equals(spread.counts());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count * 31 + sum);
    }

    @Override
    public String toString() {
        return count + " values, median " + quantile(0.5) + ", max " + max;
    }
}
