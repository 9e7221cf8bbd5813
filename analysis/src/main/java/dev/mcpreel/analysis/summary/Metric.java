package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.Distribution;
import org.jspecify.annotations.Nullable;

/** The value of one metric, in one of k6's four kinds. A metric without a sample has no value and no place in a summary. */
public sealed interface Metric {
    /**
     * How many.
     *
     * @param perSecond over the span of the capture's traffic; 0 when that has no length
     */
    record Counter(long count, double perSecond) implements Metric {
        static Counter of(long count, long spanNanos) {
            return new Counter(count, spanNanos <= 0 ? 0 : count * 1e9 / spanNanos);
        }
    }

    /** How samples were spread, in milliseconds: average, smallest and largest exact, percentiles to within 0.1 %. */
    record Trend(long count, double avg, double min, double med, double max, double p90, double p95, double p99)
            implements Metric {
        private static final double NANOS_PER_MILLI = 1e6;

        /** Null for a distribution without values. */
        static @Nullable Trend ofNanos(Distribution nanos) {
            return nanos.isEmpty()
                    ? null
                    : new Trend(
                            nanos.count(),
                            nanos.mean() / NANOS_PER_MILLI,
                            nanos.min() / NANOS_PER_MILLI,
                            nanos.atPercentile(50) / NANOS_PER_MILLI,
                            nanos.max() / NANOS_PER_MILLI,
                            nanos.atPercentile(90) / NANOS_PER_MILLI,
                            nanos.atPercentile(95) / NANOS_PER_MILLI,
                            nanos.atPercentile(99) / NANOS_PER_MILLI);
        }
    }

    /**
     * How many of the samples were so, and how many not.
     *
     * @param passes samples that were what the metric's name says; for {@code mcp_errors} these are the errors, as k6
     *     has it
     */
    record Rate(long passes, long fails) implements Metric {
        /** Null without samples. */
        static @Nullable Rate of(long passes, long fails) {
            return passes + fails == 0 ? null : new Rate(passes, fails);
        }

        /** From 0 to 1. */
        public double value() {
            return (double) passes / total();
        }

        public long total() {
            return passes + fails;
        }
    }

    /** A value that was looked at once or more: the last one seen, the smallest and the largest. */
    record Gauge(double value, double min, double max) implements Metric {
        static Gauge once(double value) {
            return new Gauge(value, value, value);
        }
    }
}
