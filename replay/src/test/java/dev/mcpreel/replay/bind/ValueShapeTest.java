package dev.mcpreel.replay.bind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ValueShapeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tck-1a2b3c4d", "ORD-88213", "5a1f0c7e-22aa-4b1c-9d0e-0123456789ab", "88213", "INV-2026-0042",
                "https://h/docs", "bob@example.com", "eyJwYWdlIjoyNDF9", "/tmp/run-20413/out", "x9f2",
                "the customer asked for a refund of the whole order"
            })
    void of_whatAServerMadeUp_isStrong(String value) {
        assertThat(ValueShape.of(value)).isEqualTo(ValueShape.STRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "open", "us-east-1", "gpt-4", "sha256", "1042", "10000", "2026-11-21", "2026-11-21T10:11:12.345Z",
                "10:30", "1.24.3", "127.0.0.1:8080", "Q3-2026", "John Smith", "order-7", "a1", "brave-otter"
            })
    void of_whatCouldBeAWordOrAMeasure_isWeak(String value) {
        assertThat(ValueShape.of(value)).isEqualTo(ValueShape.WEAK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "ab", "-", "12.50", "-17", "+1.5"})
    void of_whatIsNoName_isNone(String value) {
        assertThat(ValueShape.of(value)).isEqualTo(ValueShape.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "null", "12345.678", "10000", "-88213", "{}"})
    void of_jsonThatIsNoId_isNone(String json) {
        assertThat(ValueShape.of(Flow.json(json))).isEqualTo(ValueShape.NONE);
    }
}
