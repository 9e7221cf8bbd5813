package dev.mcpreel.replay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlanOptionsTest {
    @Test
    void options_thatCannotBe_nameTheOption() {
        refused(() -> PlanOptions.ofCopies(0), "--copies must be from 1 to 1000000, got 0");
        refused(() -> PlanOptions.ofCopies(-1), "--copies must be from 1 to 1000000, got -1");
        refused(() -> PlanOptions.ofAgents(0, 5), "--agents must be from 1 to 1000000, got 0");
        refused(() -> PlanOptions.ofAgents(5, 0), "--agents needs a --duration above 0, for example --duration 60s");
        refused(
                () -> new PlanOptions(1, 5, 5, 1, 1, ToolPolicy.SAFE, 1),
                "--copies goes without --agents and --duration: give one or the other");
        refused(() -> PlanOptions.ofCopies(1).withSpeed(0), "--speed must be from 0.001 to 1000, got 0.0");
        refused(() -> PlanOptions.ofCopies(1).withSpeed(Double.NaN), "--speed must be from 0.001 to 1000, got NaN");
        refused(
                () -> PlanOptions.ofCopies(1).withCallTimeoutNanos(0),
                "--call-timeout must be above 0, for example --call-timeout 60s");
    }

    @Test
    void tools_asTheyAreWritten_readAndWriteTheSame() {
        assertThat(ToolPolicy.parse("safe")).isEqualTo(ToolPolicy.SAFE).hasToString("safe");
        assertThat(ToolPolicy.parse("all")).isEqualTo(ToolPolicy.ALL).hasToString("all");
        assertThat(ToolPolicy.parse("b, a,safe")).hasToString("safe,a,b");
        assertThat(ToolPolicy.parse("a,all")).isEqualTo(ToolPolicy.ALL);
        refused(
                () -> ToolPolicy.parse("a,,b"),
                "--tools wants 'safe', 'all' or tool names with commas between, got 'a,,b'");
        refused(() -> ToolPolicy.parse(""), "--tools wants 'safe', 'all' or tool names with commas between, got ''");
    }

    @Test
    void tools_withLiveHints_areNarrowedAndNeverWidened() {
        ToolHint recorded = ToolHint.READ_ONLY;
        assertThat(ToolPolicy.SAFE.refuses("t", recorded)).isNull();
        assertThat(ToolPolicy.SAFE.refuses("t", recorded.stricter(ToolHint.UNKNOWN)))
                .isEqualTo(SkipReason.NOT_READ_ONLY);
        assertThat(ToolPolicy.SAFE.refuses("t", ToolHint.DESTRUCTIVE.stricter(ToolHint.READ_ONLY)))
                .isEqualTo(SkipReason.DESTRUCTIVE);
        assertThat(ToolPolicy.parse("safe,t").refuses("t", ToolHint.DESTRUCTIVE))
                .isNull();
        assertThat(ToolPolicy.ALL.refuses("t", ToolHint.DESTRUCTIVE)).isNull();
    }

    private static void refused(Supplier<?> make, String message) {
        assertThatExceptionOfType(PlanException.class).isThrownBy(make::get).withMessage(message);
    }
}
