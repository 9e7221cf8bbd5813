package dev.mcpreel.analysis.calls;

import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Signed whole numbers, as a rule nanoseconds, kept to 3 significant digits. Smallest, largest and mean are exact;
 * percentiles are the nearest rank without interpolation, to within 0.1 %. It resizes itself and clamps nothing.
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
     * The value below or at which the given percentage of the values lies.
     *
     * @param percentile from 0 to 100
     */
    public long atPercentile(double percentile) {
        requireValues();
        long rank = Math.min(count, Math.max(1, (long) Math.ceil(percentile * count / 100)));
        long value = atRank(rank);
        return Math.min(max, Math.max(min, value));
    }

    private long atRank(long rank) {
        long below = 0;
        if (negative != null) {
            below = negative.getTotalCount();
            if (rank <= below) {
                return -atRank(negative, below - rank + 1);
            }
        }
        return positive == null ? max : atRank(positive, rank - below);
    }

    private static long atRank(Histogram histogram, long rank) {
        for (HistogramIterationValue value : histogram.recordedValues()) {
            if (value.getTotalCountToThisValue() >= rank) {
                return value.getValueIteratedTo();
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
