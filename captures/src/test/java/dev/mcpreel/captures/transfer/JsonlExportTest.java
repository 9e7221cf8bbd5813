package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class JsonlExportTest {
    @TempDir
    Path dir;

    @Test
    void export_anyTraffic_fitsThePublishedSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "export-v1.schema.json")));
        for (long seed = 100; seed < 110; seed++) {
            Path capture = TestCaptures.write(
                    dir.resolve("store" + seed),
                    new RandomTraffic(seed).events(),
                    new Random(seed),
                    Ending.COMPLETE,
                    SourceCounts.NONE);
            for (String line : TestCaptures.jsonl(capture).lines().toList()) {
                assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
            }
        }
        for (String golden : List.of("golden/v1", "golden/v1-counts", "golden/v1-relay")) {
            Path capture = TestCaptures.golden(golden, dir.resolve(golden));
            for (String line : TestCaptures.jsonl(capture).lines().toList()) {
                assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
            }
        }
        assertThat(schema.validate("{\"kind\":\"call\"}", InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void export_calls_standInOrderOfStartWithArgumentsResultsAndTimes() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.think(400).call("search", "{\"q\":\"late\"}").json(100, "{\"content\":[]}");
        agent.think(900).call("report").rpcError(30, -32602, "no such tool");
        List<JsonNode> calls = lines("call", TestCaptures.jsonl(TestCaptures.write(dir, script.events())));
        assertThat(calls).extracting(call -> call.path("tool").stringValue()).containsExactly("search", "report");
        JsonNode first = calls.get(0);
        assertThat(first.path("arguments"))
                .isEqualTo(Json.parse("{\"q\":\"late\"}").orElseThrow());
        assertThat(first.path("result"))
                .isEqualTo(Json.parse("{\"content\":[]}").orElseThrow());
        assertThat(first.path("outcome").stringValue()).isEqualTo("ok");
        assertThat(first.path("duration").longValue()).isEqualTo(100_000_000L);
        assertThat(first.path("done").longValue() - first.path("start").longValue())
                .isEqualTo(100_000_000L);
        assertThat(calls.get(1).path("start").longValue() - first.path("done").longValue())
                .isEqualTo(900_000_000L);
        assertThat(calls.get(1).path("error").path("code").intValue()).isEqualTo(-32602);
        assertThat(calls.get(1).path("outcome").stringValue()).isEqualTo("rpc_error");
    }

    @Test
    void export_callOfSeveralRequests_isOneLineWithTheFirstArgumentsAndTheLastResult() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.request("tools/call", "{\"name\":\"book\",\"arguments\":{\"to\":\"Rome\"}}")
                .json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-1\"}");
        agent.request("tools/call", "{\"name\":\"book\",\"arguments\":{\"to\":\"Rome\"},\"requestState\":\"s-1\"}")
                .json(10, "{\"content\":[],\"booked\":true}");
        List<JsonNode> calls = lines("call", TestCaptures.jsonl(TestCaptures.write(dir, script.events())));
        assertThat(calls).hasSize(1);
        JsonNode call = calls.get(0);
        assertThat(call.path("callKind").stringValue()).isEqualTo("input-required");
        assertThat(call.path("arguments").path("to").stringValue()).isEqualTo("Rome");
        assertThat(call.path("result").path("booked").booleanValue()).isTrue();
        assertThat(call.path("legs").size()).isEqualTo(2);
    }

    @Test
    void export_session_namesItsAgent() {
        CaptureScript script = new CaptureScript();
        script.agent("ann").initialize().call("search").json(10);
        List<JsonNode> sessions = lines("session", TestCaptures.jsonl(TestCaptures.write(dir, script.events())));
        assertThat(sessions).hasSize(1);
        assertThat(sessions.get(0).path("agent").stringValue()).isEqualTo("ann 1.0");
        assertThat(sessions.get(0).path("calls").intValue()).isEqualTo(1);
    }

    @Test
    void export_withoutHttp_hasNoExchangeAndNoRecord() {
        CaptureScript script = new CaptureScript();
        script.agent("ann").initialize().call("search").json(10);
        Path capture = TestCaptures.write(dir, script.events());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureExport.jsonl(CaptureReader.open(capture), SessionOptions.defaults(), false, out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(lines("exchange", text)).isEmpty();
        assertThat(lines("log", text)).isEmpty();
        assertThat(lines("call", text)).hasSize(1);
    }

    @Test
    void export_hostileStrings_haveNoControlCharacter() {
        CaptureScript script = new CaptureScript();
        String hostile = "\u0085\u009b31m\u007f\u2028\u202e\u2066\u001b[31m";
        script.agent("ann")
                .initialize()
                .call("search", Json.mapper().writeValueAsString(Map.of("q", hostile)))
                .json(10);
        String text = TestCaptures.jsonl(TestCaptures.write(dir, script.events()));
        assertThat(text.chars().filter(c -> c != '\n' && (c < 0x20 || (c >= 0x7f && c < 0xa0))))
                .isEmpty();
        assertThat(text).doesNotContain("\u2028", "\u202e", "\u2066");
        JsonNode call = lines("call", text).get(0);
        assertThat(call.path("arguments").path("q").stringValue()).isEqualTo(hostile);
    }

    private static List<JsonNode> lines(String kind, String text) {
        return text.lines()
                .map(line -> Json.parse(line).orElseThrow())
                .filter(line -> line.path("kind").stringValue().equals(kind))
                .toList();
    }
}
