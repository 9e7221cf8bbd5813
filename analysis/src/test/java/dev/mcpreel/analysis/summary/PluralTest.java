package dev.mcpreel.analysis.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PluralTest {
    @Test
    void of_one_isSingular() {
        assertThat(Plural.of(1, "copy", "copies")).isEqualTo("1 copy");
        assertThat(Plural.are(1, "record")).isEqualTo("1 record is");
    }

    @Test
    void of_noneOrMany_isPlural() {
        assertThat(Plural.of(0, "call")).isEqualTo("0 calls");
        assertThat(Plural.of(18, "copy", "copies")).isEqualTo("18 copies");
        assertThat(Plural.are(2, "record")).isEqualTo("2 records are");
    }
}
