package dev.mcpreel.analysis.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many calls began when, in buckets of equal width. It holds a bounded number of them: when the time gets longer, the
 * buckets get wider.
 */
public final class Timeline {
    private static final long SECOND = 1_000_000_000L;

    /** Each divides the next. */
    private static final List<Long> WIDTHS = List.of(
            SECOND / 10,
            SECOND / 2,
            SECOND,
            5 * SECOND,
            10 * SECOND,
            30 * SECOND,
            60 * SECOND,
            300 * SECOND,
            600 * SECOND,
            1_800 * SECOND,
            3_600 * SECOND,
            6 * 3_600 * SECOND,
            24 * 3_600 * SECOND,
            168 * 3_600 * SECOND);

    private static final int MOST = 2_000;

    private final SortedMap<Long, Long> buckets = new TreeMap<>();
    private int width;
    private long originNanos;

    Timeline() {}

    void add(long atNanos) {
        if (buckets.isEmpty()) {
            originNanos = atNanos;
        }
        buckets.merge(Math.floorDiv(atNanos - originNanos, WIDTHS.get(width)), 1L, Long::sum);
        while (length(buckets) > MOST && width < WIDTHS.size() - 1) {
            SortedMap<Long, Long> wider = widened(buckets, WIDTHS.get(width + 1) / WIDTHS.get(width));
            buckets.clear();
            buckets.putAll(wider);
            width++;
        }
    }

    private static long length(SortedMap<Long, Long> buckets) {
        return buckets.isEmpty() ? 0 : buckets.lastKey() - buckets.firstKey() + 1;
    }

    private static SortedMap<Long, Long> widened(SortedMap<Long, Long> buckets, long factor) {
        SortedMap<Long, Long> wider = new TreeMap<>();
        buckets.forEach((bucket, count) -> wider.merge(Math.floorDiv(bucket, factor), count, Long::sum));
        return wider;
    }

    /** In the narrowest buckets of which so many are enough. */
    public Buckets in(int most) {
        SortedMap<Long, Long> shown = buckets;
        int at = width;
        while (length(shown) > most && at < WIDTHS.size() - 1) {
            shown = widened(shown, WIDTHS.get(at + 1) / WIDTHS.get(at));
            at++;
        }
        long[] counts = new long[(int) length(shown)];
        for (Map.Entry<Long, Long> bucket : shown.entrySet()) {
            counts[(int) (bucket.getKey() - shown.firstKey())] = bucket.getValue();
        }
        long first = shown.isEmpty() ? 0 : originNanos + shown.firstKey() * WIDTHS.get(at);
        return new Buckets(first, WIDTHS.get(at), Arrays.stream(counts).boxed().toList());
    }

    /**
     * Calls in buckets.
     *
     * @param startNanos where the first begins
     * @param widthNanos of each
     * @param counts calls that began in each, from the first with one to the last with one
     */
    public record Buckets(long startNanos, long widthNanos, List<Long> counts) {
        public Buckets {
            counts = List.copyOf(counts);
        }

        /** Calls in the fullest; 0 when there is none. */
        public long peak() {
            return counts.stream().mapToLong(Long::longValue).max().orElse(0);
        }

        /** Calls for each second of the fullest. */
        public double peakPerSecond() {
            return peak() * 1e9 / widthNanos;
        }
    }
}
