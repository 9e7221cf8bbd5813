package dev.mcpreel.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class TailTextTest {
    private static final ClockAnchor ANCHOR = new ClockAnchor(
            CaptureScript.at(0), Instant.parse("2026-11-21T10:15:30Z").getEpochSecond() * 1_000_000_000L);

    private static List<RequestTrace> requests() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize();
        ann.call(
                        "search_orders",
                        "{\"customer\":\"Corvid Coffee\",\"status\":\"delivered\",\"limit\":5,\"sort\":\"date\"}")
                .json(1_500, "{\"content\":[{\"type\":\"text\",\"text\":\"\\u001b[2Jhi\"}]}");
        ann.call("evil\\u001b[31m\\u202etool", "{}").http(30, 504, "no");
        ann.ping();
        return CollectedSessions.of(script).requests();
    }

    private static List<String> lines(int width, boolean instances, boolean full) {
        TailText text = new TailText(ANCHOR, new TailText.Layout(width, false, instances, full));
        return requests().stream()
                .flatMap(request -> text.request(request).stream())
                .toList();
    }

    @Test
    void at80Columns_argumentsAreShortened() {
        assertThat(lines(80, false, false))
                .containsExactly(
                        "10:15:30.005  s1     initialize        ok               5ms  {\"protocolVersion\"…",
                        "10:15:31.507  s1     search_orders     ok              1.5s  {\"customer\":\"Corvi…",
                        "10:15:31.537  s1     evil\\x1b[31m\\u2…  gateway_timeout      30ms",
                        "10:15:31.538  s1     ping              ok               1ms");
    }

    @Test
    void at80Columns_withInstances_nothingIsWider() {
        assertThat(lines(80, true, false))
                .allMatch(line -> TerminalText.cells(line) <= 80)
                .anyMatch(line -> line.endsWith("ok              1.5s  127.0.0.1:3001"));
    }

    @Test
    void at120Columns_thereIsRoomForArguments() {
        assertThat(lines(120, true, false))
                .allMatch(line -> TerminalText.cells(line) <= 120)
                .anyMatch(line -> line.contains("127.0.0.1:3001         {\"customer\":\"Corvid Coffee\""));
    }

    @Test
    void full_hasArgumentsAndResults_harmless() {
        assertThat(lines(80, false, true))
                .contains(
                        "    -> {\"customer\":\"Corvid Coffee\",\"status\":\"delivered\",\"limit\":5,\"sort\":\"date\"}")
                .anyMatch(
                        line -> line.startsWith("    <- {\"content\":[{\"type\":\"text\",\"text\":\"\\\\u001B[2Jhi\""))
                .noneMatch(line -> line.contains("\u001b") || line.contains("\u202e"));
    }

    @Test
    void sessionsAndLosses_areSaid() {
        TailText text = new TailText(ANCHOR, new TailText.Layout(80, false, false, false));
        assertThat(text.begin("s1", "ann\u001b 1.0", CaptureScript.at(1)))
                .containsExactly("10:15:30.001  s1     begins  ann\\x1b 1.0");
        assertThat(text.end("s1", new TailLines.SessionNumbers(CaptureScript.at(1), CaptureScript.at(2_001), 3, 1)))
                .containsExactly("10:15:32.001  s1     ends  3 calls, 1 error, 2s");
        assertThat(text.lost(new Gap(CaptureScript.at(5), LossReason.LANE_FULL, 0, 1, 9, 100)))
                .containsExactly("10:15:30.005         LOST  1 exchange, 9 events (lane full)");
        assertThat(text.missing(12, CaptureScript.at(5)))
                .containsExactly("10:15:30.005         MISSING  12 records: removed before they were read, or damaged");
    }

    @Test
    void colour_paintsErrors() {
        TailText text = new TailText(ANCHOR, new TailText.Layout(80, true, false, false));
        assertThat(text.request(requests().get(2)).get(0)).contains("\u001b[31mgateway_timeout\u001b[0m");
    }

    @Test
    void json_isAnObjectOnALine() {
        TailJson json = new TailJson(ANCHOR, true);
        JsonNode call = Json.parse(json.request(requests().get(1)).get(0)).orElseThrow();
        assertThat(call.path("type").stringValue()).isEqualTo("request");
        assertThat(call.path("at").stringValue()).isEqualTo("2026-11-21T10:15:31.507Z");
        assertThat(call.path("tool").stringValue()).isEqualTo("search_orders");
        assertThat(call.path("outcome").stringValue()).isEqualTo("ok");
        assertThat(call.path("duration_ms").doubleValue()).isEqualTo(1_500);
        assertThat(call.at("/arguments/limit").intValue()).isEqualTo(5);
        assertThat(call.at("/result/content/0/type").stringValue()).isEqualTo("text");
        JsonNode without = Json.parse(
                        new TailJson(ANCHOR, false).request(requests().get(1)).get(0))
                .orElseThrow();
        assertThat(without.has("result")).isFalse();
        assertThat(Json.parse(json.lost(new Gap(1, LossReason.DISK_FULL, 0, 1, 9, 100))
                                .get(0))
                        .orElseThrow()
                        .path("reason")
                        .stringValue())
                .isEqualTo("disk_full");
    }
}
