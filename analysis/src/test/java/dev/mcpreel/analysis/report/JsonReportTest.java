package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.testkit.Manifests;
import dev.mcpreel.analysis.testkit.Samples;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.wire.Json;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class JsonReportTest {
    @Test
    void render_hostileTool_survivesUnchangedAndWithoutRawControls() {
        String json = JsonReport.render(Samples.recorded());
        assertThat(json.chars()).allMatch(c -> c == '\n' || c >= 0x20);
        JsonNode tools = Json.parse(json).orElseThrow().path("tools");
        assertThat(tools.valueStream().map(tool -> tool.path("tool").stringValue()))
                .contains(Samples.HOSTILE_TOOL);
    }

    @Test
    void render_emptyCapture_isJsonWithoutNumbersFromNothing() {
        for (Role role : Role.values()) {
            Summary summary = Summary.of(
                    role == Role.RECORDED
                            ? Manifests.recorded(Ending.COMPLETE, Counts.NONE)
                            : Manifests.replayed(Ending.COMPLETE, Counts.NONE, true),
                    new CaptureAnalysis(role));
            String json = JsonReport.render(summary);
            assertThat(json).doesNotContain("NaN", "Infinity");
            JsonNode metrics = Json.parse(json).orElseThrow().path("metrics");
            assertThat(metrics.path("mcp_calls").path("count").intValue()).isZero();
            assertThat(metrics.has("mcp_call_duration")).isFalse();
            assertThat(metrics.has("mcp_success")).isFalse();
        }
    }
}
