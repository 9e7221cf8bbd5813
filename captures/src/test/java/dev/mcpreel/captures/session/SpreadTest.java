package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SpreadTest {
    @Test
    void quantile_few_isExact() {
        Spread spread = Spread.of(5, 1, 4, 2, 3);
        assertThat(spread.quantile(0)).isEqualTo(1);
        assertThat(spread.quantile(0.5)).isEqualTo(3);
        assertThat(spread.quantile(1)).isEqualTo(5);
        assertThat(spread.mean()).isEqualTo(3);
    }

    @Test
    void quantile_none_isZero() {
        assertThat(new Spread().quantile(0.5)).isZero();
        assertThat(new Spread().max()).isZero();
        assertThat(new Spread().mean()).isZero();
    }

    @Test
    void quantile_many_isWithinAStep() {
        Random random = new Random(1);
        long[] values = random.longs(10_000, 0, 1L << 50)
                .map(value -> value >>> random.nextInt(40))
                .toArray();
        Spread spread = Spread.of(values);
        Arrays.sort(values);
        for (double share : new double[] {0.01, 0.25, 0.5, 0.9, 0.99}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(spread.quantile(share)).isBetween((long) (exact * (1 - 1 / 64.0)) - 1, exact);
        }
        assertThat(spread.count()).isEqualTo(10_000);
        assertThat(spread.sum()).isEqualTo(Arrays.stream(values).sum());
        assertThat(spread.max()).isEqualTo(values[values.length - 1]);
        assertThat(spread.counts()).hasSizeLessThan(64 * 51);
    }

    @Test
    void add_another_isAsIfAllWereAddedToOne() {
        Random random = new Random(2);
        for (int size : new int[] {0, 3, 40, 64, 65, 500}) {
            long[] one = random.longs(size, 0, 1_000_000).toArray();
            long[] other = random.longs(30, 0, 1_000_000).toArray();
            Spread sum = Spread.of(one);
            sum.add(Spread.of(other));
            Spread whole = Spread.of(one);
            Arrays.stream(other).forEach(whole::add);
            assertThat(sum).as("of %s and 30", size).isEqualTo(whole);
        }
    }

    @Test
    void add_negative_countsAsZero() {
        assertThat(Spread.of(-5)).isEqualTo(Spread.of(0));
    }
}
