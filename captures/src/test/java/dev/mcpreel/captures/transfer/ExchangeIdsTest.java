package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExchangeIdsTest {
    @Test
    void randomIds_areThoseOfAHashSet() {
        Random random = new Random(11);
        ExchangeIds ids = new ExchangeIds();
        ExchangeIds copy = new ExchangeIds();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long id = random.nextBoolean() ? random.nextInt(30_000) : random.nextLong();
            ids.add(id);
            expected.add(id);
        }
        copy.add(5);
        expected.add(5L);
        copy.addAll(ids);
        assertThat(copy.size()).isEqualTo(expected.size());
        assertThat(expected).allMatch(copy::contains);
        for (int i = 0; i < 20_000; i++) {
            long id = random.nextBoolean() ? random.nextInt(60_000) : random.nextLong();
            assertThat(copy.contains(id)).as("%d", id).isEqualTo(expected.contains(id));
        }
    }

    @Test
    void empty_containsNothing() {
        assertThat(new ExchangeIds().contains(0)).isFalse();
        assertThat(new ExchangeIds().size()).isZero();
    }
}
