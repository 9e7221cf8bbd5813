package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.testkit.Asked;
import dev.mcpreel.analysis.testkit.Manifests;
import dev.mcpreel.analysis.testkit.Samples;
import dev.mcpreel.analysis.testkit.Traffic;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Role;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TextReportTest {
    @ParameterizedTest
    @ValueSource(ints = {60, 61, 72, 79, 80, 81, 95, 100, 119, 120, 121, 132, 200})
    void render_anyWidth_noLineIsLonger(int width) {
        for (Summary summary : List.of(Samples.recorded(), Samples.replayed(), crowded())) {
            assertThat(new TextReport(width, false).render(summary).lines())
                    .allSatisfy(line -> assertThat(TerminalText.cells(line)).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void render_tooNarrow_takesTheLeastWidth() {
        assertThat(new TextReport(10, false).render(Samples.recorded()))
                .isEqualTo(new TextReport(TextReport.MIN_WIDTH, false).render(Samples.recorded()));
    }

    @Test
    void render_colour_addsNothingButColour() {
        String coloured = new TextReport(100, true).render(Samples.replayed());
        assertThat(coloured).contains("\u001b[31m", "\u001b[1;33m! Invalid run");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(new TextReport(100, false).render(Samples.replayed()));
    }

    @Test
    void render_hostileTool_isShownHarmless() {
        String report = new TextReport(120, false).render(Samples.recorded());
        assertThat(report).contains("evil\\x1b[2J\\x0d\\x0aFAKE: ok \\u202egnp.exe");
        assertThat(report.chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c != 0x7f && c != 0x202e));
    }

    @Test
    void render_invalidOrLossy_saysSoBeforeAnyNumber() {
        List<String> lines =
                new TextReport(120, false).render(Samples.replayed()).lines().toList();
        assertThat(lines.get(1)).startsWith("! Invalid run: only 92.3 %");
        assertThat(lines.get(4)).startsWith("! Lost: 2 exchanges");
    }

    @Test
    void render_emptyCapture_saysSoAndNothingElse() {
        Summary summary = Summary.of(Manifests.recorded(Ending.OPEN, Counts.NONE), new CaptureAnalysis(Role.RECORDED));
        assertThat(new TextReport(80, false).render(summary)).isEqualTo("""
                20261121T101500Z-3f9a: recorded, without an end
                ! Interrupted capture: it has no end. It is still being recorded, or the
                  recorder died.
                ! Empty capture: it holds no exchange and no step.

                started   2026-11-21T10:15:00Z, 0s of traffic
                upstream  http://127.0.0.1:3001 through 127.0.0.1:8080
                sessions  none
                """);
    }

    @Test
    void render_moreToolsThanFit_saysHowMany() {
        assertThat(new TextReport(80, false).render(crowded()))
                .contains("\n  and 10 tools more; --json has them all\n");
    }

    /** Long and wide names, large numbers. */
    private static Summary crowded() {
        Traffic traffic = new Traffic(Role.RECORDED);
        for (int tool = 0; tool < 50; tool++) {
            traffic.session(
                    "s" + tool,
                    KeyKind.CONNECTION,
                    0,
                    90_000_000,
                    Asked.call("検索".repeat(tool) + "\u0007" + tool, 0.001 * tool, 1_234_567.8 * tool + 1),
                    Asked.method("initialize", 0, 0.000_3));
        }
        return Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), traffic.analysis());
    }
}
