package dev.mcpreel.analysis.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DistributionTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void atPercentile_manyValues_likeSortedArray(long seed) {
        for (Distribution distribution : new Distribution[] {Distribution.dense(), Distribution.packed()}) {
            Random random = new Random(seed);
            long[] values = random.longs(20_001)
                    .map(bits -> (bits % 3 == 0 ? -1 : 1) * (long) Math.exp(Math.abs(bits % 2400) / 100.0))
                    .toArray();
            Arrays.stream(values).forEach(distribution::record);
            Arrays.sort(values);
            for (double percentile : new double[] {0, 1, 10, 33.3, 50, 90, 95, 99, 99.9, 100}) {
                double exact = interpolated(values, percentile);
                assertThat(distribution.atPercentile(percentile))
                        .as("seed %d, percentile %s", seed, percentile)
                        .isCloseTo(exact, Percentage.withPercentage(0.1));
            }
            assertThat(distribution.min()).isEqualTo(values[0]);
            assertThat(distribution.max()).isEqualTo(values[20_000]);
            assertThat(distribution.mean())
                    .isCloseTo(Arrays.stream(values).average().orElseThrow(), Percentage.withPercentage(1e-9));
        }
    }

    private static double interpolated(long[] sorted, double percentile) {
        double position = percentile / 100 * (sorted.length - 1);
        int floor = (int) position;
        int next = Math.min(sorted.length - 1, floor + 1);
        return sorted[floor] + (position - floor) * (sorted[next] - sorted[floor]);
    }

    @Test
    void atPercentile_twoValues_interpolates() {
        Distribution distribution = Distribution.dense();
        distribution.record(10);
        distribution.record(-30);
        assertThat(distribution.atPercentile(50)).isEqualTo(-10);
        assertThat(distribution.atPercentile(75)).isEqualTo(0);
    }

    @Test
    void atPercentile_equalValues_isThatValue() {
        Distribution distribution = Distribution.dense();
        for (int i = 0; i < 5; i++) {
            distribution.record(20_000_001);
        }
        assertThat(distribution.atPercentile(50)).isEqualTo(20_000_001);
    }

    @Test
    void record_onlyNegative_keepsOrder() {
        Distribution distribution = Distribution.dense();
        for (long value = 1; value <= 100; value++) {
            distribution.record(-value);
        }
        assertThat(distribution.min()).isEqualTo(-100);
        assertThat(distribution.max()).isEqualTo(-1);
        assertThat(distribution.atPercentile(0)).isEqualTo(-100);
        assertThat(distribution.atPercentile(50)).isEqualTo(-50.5);
        assertThat(distribution.atPercentile(100)).isEqualTo(-1);
    }

    @Test
    void record_extremes_clampsNothing() {
        Distribution distribution = Distribution.dense();
        distribution.record(Long.MIN_VALUE);
        distribution.record(Long.MIN_VALUE + 1);
        distribution.record(Long.MAX_VALUE - 1);
        distribution.record(Long.MAX_VALUE);
        assertThat(distribution.min()).isEqualTo(Long.MIN_VALUE);
        assertThat(distribution.max()).isEqualTo(Long.MAX_VALUE);
        assertThat(distribution.atPercentile(100.0 * 2 / 3)).isCloseTo(0x1p63, Percentage.withPercentage(0.1));
        assertThat(distribution.count()).isEqualTo(4);
    }

    @Test
    void atPercentile_empty_refuses() {
        assertThatThrownBy(() -> Distribution.dense().atPercentile(50)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Distribution.dense().mean()).isInstanceOf(IllegalStateException.class);
    }
}
