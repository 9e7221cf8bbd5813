package dev.mcpreel.replay.rig;

import java.util.function.DoubleToLongFunction;

/** A distribution in six numbers, nanoseconds; all 0 when it is empty. Three significant digits. */
public record Percentiles(long p50, long p90, long p95, long p99, long p999, long max) {
    static Percentiles of(DoubleToLongFunction at) {
        return new Percentiles(
                at.applyAsLong(50),
                at.applyAsLong(90),
                at.applyAsLong(95),
                at.applyAsLong(99),
                at.applyAsLong(99.9),
                at.applyAsLong(100));
    }
}
