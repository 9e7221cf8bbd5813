package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "0.00085,850ns",
        "0.0123,12.3µs",
        "0.9999,999.9µs",
        "0.999999,1ms",
        "45.674,45.67ms",
        "999.994,999.99ms",
        "999.996,1s",
        "1234,1.23s",
        "59994,59.99s",
        "59996,1m0s",
        "65000,1m5s",
        "3599600,1h0m",
        "7384000,2h3m",
        "-15,-15ms",
        "-0.5,-500µs"
    })
    void millis_anyMagnitude_adapts(double millis, String expected) {
        assertThat(Units.millis(millis)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1 kB", "1536,1.54 kB", "999999,1 MB", "1e18,1 EB", "5e21,5000 EB"})
    void bytes_anyMagnitude_adapts(double bytes, String expected) {
        assertThat(Units.bytes(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,7,0%", "7,7,100%", "1,3,33.33%", "1,1000000,<0.01%", "999999,1000000,>99.99%", "9999,10000,99.99%"})
    void percent_nearlyNoneOrAll_isNotRoundedAway(long part, long whole, String expected) {
        assertThat(Units.percent(part, whole)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,3", "2.613,2.61", "0.0034567,0.0035", "123456.789,123456.79"})
    void number_small_isNotRoundedAway(double value, String expected) {
        assertThat(Units.number(value)).isEqualTo(expected);
    }
}
