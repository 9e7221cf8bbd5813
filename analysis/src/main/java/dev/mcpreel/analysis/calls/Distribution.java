package dev.mcpreel.analysis.calls;

import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Signed whole numbers, as a rule nanoseconds, kept to 3 significant digits. Smallest, largest and mean are exact,
 * percentiles to within 0.1 %. It resizes itself and clamps nothing.
 *
 * <p>HdrHistogram holds no negative values, so magnitudes below zero stand in a histogram of their own.
 *
 * <p>Not thread-safe: confined to the thread that feeds the analysis.
 */
public final class Distribution {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Supplier<Histogram> histograms;
    private @Nullable Histogram positive;
    private @Nullable Histogram negative;
    private long count;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private double sum;

    private Distribution(Supplier<Histogram> histograms) {
        this.histograms = histograms;
    }

    /** Fast to record into, up to some 250 KiB when in use. */
    static Distribution dense() {
        return new Distribution(() -> new Histogram(SIGNIFICANT_DIGITS));
    }

    /** Slower to record into, small when values lie close together: for one distribution among many. */
    static Distribution packed() {
        return new Distribution(() -> new PackedHistogram(SIGNIFICANT_DIGITS));
    }

    void record(long value) {
        if (value >= 0) {
            if (positive == null) {
                positive = histograms.get();
            }
            positive.recordValue(value);
        } else {
            if (negative == null) {
                negative = histograms.get();
            }
            negative.recordValue(magnitude(value));
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
    }

    public long count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Exact. */
    public long min() {
        requireValues();
        return min;
    }

    /** Exact. */
    public long max() {
        requireValues();
        return max;
    }

    /** Exact to the precision of a double. */
    public double mean() {
        requireValues();
        return sum / count;
    }

    /**
     * The value that the given percentage of the values does not exceed. Between two ranks it is interpolated linearly,
     * as k6 does.
     *
     * @param percentile from 0 to 100
     */
    public double atPercentile(double percentile) {
        requireValues();
        double rank = 1 + percentile * (count - 1) / 100;
        long floor = Math.min(count, Math.max(1, (long) rank));
        double lower = atRank(floor);
        double fraction = rank - floor;
        return fraction <= 0 ? lower : lower + fraction * (atRank(Math.min(count, floor + 1)) - lower);
    }

    /** The first and the last are exact. */
    private long atRank(long rank) {
        if (rank == count) {
            return max;
        }
        if (rank == 1) {
            return min;
        }
        long below = negative == null ? 0 : negative.getTotalCount();
        if (negative != null && rank <= below) {
            return clip(-atRank(negative, below - rank + 1));
        }
        return positive == null ? max : clip(atRank(positive, rank - below));
    }

    /** What stands for a range of values may lie outside those that were seen. */
    private long clip(long value) {
        return Math.min(max, Math.max(min, value));
    }

    private static long atRank(Histogram histogram, long rank) {
        for (HistogramIterationValue value : histogram.recordedValues()) {
            if (value.getTotalCountToThisValue() >= rank) {
                return histogram.medianEquivalentValue(value.getValueIteratedTo());
            }
        }
        return histogram.getMaxValue();
    }

    private static long magnitude(long negativeValue) {
        return negativeValue == Long.MIN_VALUE ? Long.MAX_VALUE : -negativeValue;
    }

    private void requireValues() {
        if (count == 0) {
            throw new IllegalStateException("no values");
        }
    }
}
