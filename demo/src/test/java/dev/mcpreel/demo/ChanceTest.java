package dev.mcpreel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class ChanceTest {
    private static final List<String> SKUS =
            IntStream.range(0, 10_000).mapToObj(i -> "SKU-%04d".formatted(i)).toList();

    @Test
    void hits_ofFour_isAboutAQuarterForEverySeed() {
        for (long seed = 0; seed < 20; seed++) {
            Chance chance = new Chance(seed);
            assertThat(SKUS.stream().filter(sku -> chance.hits(4, sku)).count())
                    .as("seed %d", seed)
                    .isBetween(2_300L, 2_700L);
        }
    }

    @Test
    void hits_dependsOnSeedAndKeyAlone() {
        Chance chance = new Chance(7);
        List<Boolean> first = SKUS.stream().map(sku -> chance.hits(4, sku)).toList();
        chance.bits();
        chance.between(1, 6);

        assertThat(SKUS.stream().map(sku -> chance.hits(4, sku))).isEqualTo(first);
        assertThat(SKUS.stream().map(sku -> new Chance(7).hits(4, sku))).isEqualTo(first);
        assertThat(SKUS.stream().map(sku -> new Chance(8).hits(4, sku))).isNotEqualTo(first);
    }

    @Test
    void bits_ofTwoSeeds_shareNoTicketIds() {
        Set<Integer> ids = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            Chance chance = new Chance(seed);
            for (int i = 0; i < 500; i++) {
                assertThat(ids.add(chance.bits())).as("seed %d, id %d", seed, i).isTrue();
            }
        }
    }
}
