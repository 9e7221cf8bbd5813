package dev.mcpreel.replay.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ValidityTest {
    @Test
    void reasons_atEveryLimit_areNone() {
        assertThat(Validity.reasons(new Evidence(100, 99, millis(10), 0, millis(200), 0, null, 0, null)))
                .isEmpty();
    }

    @Test
    void reasons_tooFewSent_nameTheNumbersAndTheOptions() {
        assertThat(Validity.reasons(new Evidence(1000, 980, 0, 0, 0, 0, null, 0, null)))
                .singleElement()
                .asString()
                .contains("98.0 %", "980 of 1000", "--copies", "--speed");
    }

    @Test
    void reasons_sentLate_nameTheLatenessAndWhatIsAllowed() {
        assertThat(Validity.reasons(new Evidence(10, 10, millis(12), millis(500), 0, 0, null, 0, null)))
                .singleElement()
                .asString()
                .contains("12.0 ms", "10.0 ms are allowed");
    }

    @Test
    void reasons_longThinkTimes_allowOnePercentOfTheirMedian() {
        assertThat(Validity.reasons(new Evidence(10, 10, millis(29), millis(3000), 0, 0, null, 0, null)))
                .isEmpty();
        assertThat(Validity.reasons(new Evidence(10, 10, millis(31), millis(3000), 0, 0, null, 0, null)))
                .hasSize(1);
    }

    @Test
    void reasons_loopStoodStill_nameHowLong() {
        assertThat(Validity.reasons(new Evidence(10, 10, 0, 0, millis(312), 0, null, 0, null)))
                .singleElement()
                .asString()
                .contains("312 ms", "200 ms are allowed");
    }

    @Test
    void reasons_localErrors_sayWhatTheMachineSaid() {
        assertThat(Validity.reasons(new Evidence(10, 10, 0, 0, 0, 3, "Too many open files", 0, null)))
                .singleElement()
                .asString()
                .contains("3 connections", "Too many open files", "ulimit -n");
    }

    @Test
    void reasons_lostSteps_nameTheDisk() {
        assertThat(Validity.reasons(new Evidence(10, 10, 0, 0, 0, 0, null, 7, null)))
                .singleElement()
                .asString()
                .contains("7 step records", "--out");
    }

    @Test
    void reasons_nothingDue_areNone() {
        assertThat(Validity.reasons(new Evidence(0, 0, 0, 0, 0, 0, null, 0, null)))
                .isEmpty();
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
