package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class HarRoundTripTest {
    @TempDir
    Path dir;

    @Test
    void import_ownExport_givesTheExchangesBack() throws IOException {
        for (long seed = 1; seed <= 30; seed++) {
            Path capture = random(seed);
            Path made = TestCaptures.importText(dir, "own.har", har(capture)).folder();
            List<CaptureEvent> before = exchanges(capture);
            List<CaptureEvent> after = exchanges(made);
            for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
                assertThat(after.get(i)).as("seed " + seed + ", event " + i).isEqualTo(before.get(i));
            }
            assertThat(after).hasSameSizeAs(before);
            CollectedSessions sessions = TestCaptures.sessions(before);
            assertThat(TestCaptures.sessions(after).requests()).isEqualTo(sessions.requests());
            assertThat(TestCaptures.sessions(after).sessions()).isEqualTo(sessions.sessions());
        }
    }

    @Test
    void export_anyTraffic_isHar12() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new String(
                        HarRoundTripTest.class
                                .getResourceAsStream("/transfer/har-1.2.schema.json")
                                .readAllBytes(),
                        StandardCharsets.UTF_8));
        List<Path> captures = new ArrayList<>();
        for (long seed = 200; seed < 210; seed++) {
            captures.add(random(seed));
        }
        for (String golden : List.of("golden/v1", "golden/v1-counts", "golden/v1-relay")) {
            captures.add(TestCaptures.golden(golden, dir.resolve(golden)));
        }
        for (Path capture : captures) {
            String text = har(capture);
            assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
            JsonNode entries = Json.parse(text).orElseThrow().path("log").path("entries");
            assertThat(entries).isNotEmpty();
            for (JsonNode entry : entries) {
                JsonNode timings = entry.path("timings");
                double sum = timings.path("send").doubleValue()
                        + timings.path("wait").doubleValue()
                        + timings.path("receive").doubleValue();
                assertThat(entry.path("time").doubleValue()).isCloseTo(sum, within(1e-9));
            }
        }
        assertThat(schema.validate("{\"log\":{\"version\":\"1.2\"}}", InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void export_call_saysWhatItWasAndHowLongItTook() {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.think(400).call("search", "{\"q\":\"x\"}").progress(20).sse(80);
        JsonNode entries = Json.parse(har(TestCaptures.write(dir, script.events())))
                .orElseThrow()
                .path("log")
                .path("entries");
        JsonNode call = entries.path(entries.size() - 1);
        assertThat(call.path("_mcp").path("session").stringValue()).isEqualTo("s1");
        JsonNode request = call.path("_mcp").path("requests").path(0);
        assertThat(request.path("method").stringValue()).isEqualTo("tools/call");
        assertThat(request.path("tool").stringValue()).isEqualTo("search");
        assertThat(request.path("outcome").stringValue()).isEqualTo("ok");
        assertThat(call.path("time").doubleValue()).isCloseTo(80.5, within(1e-6));
        assertThat(call.path("response").path("content").path("text").stringValue())
                .contains("data: ")
                .contains("\"result\"");
        assertThat(call.path("request").path("postData").path("text").stringValue())
                .contains("\"q\":\"x\"");
        assertThat(call.path("startedDateTime").stringValue()).endsWith("Z");
    }

    @Test
    void import_ownExportWithAChangedBody_fallsBackToWhatTheEntrySays() throws IOException {
        CaptureScript script = new CaptureScript();
        script.agent("ann").initialize().think(10).call("search").json(100);
        String text = har(TestCaptures.write(dir.resolve("store"), script.events()))
                .replace("\\\"name\\\":\\\"search\\\"", "\\\"name\\\":\\\"search_everything\\\"");
        ImportReport report = TestCaptures.importText(dir, "edited.har", text);
        assertThat(TestCaptures.sessions(report.folder()).calls())
                .extracting(call -> call.tool())
                .containsExactly("search_everything");
        assertThat(report.notes()).isNotEmpty();
    }

    private Path random(long seed) {
        return TestCaptures.write(
                dir.resolve("store" + seed),
                new RandomTraffic(seed).events(),
                new Random(seed),
                Ending.COMPLETE,
                SourceCounts.NONE);
    }

    static String har(Path capture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureExport.har(CaptureReader.open(capture), SessionOptions.defaults(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The events of exchanges, without those before its beginning and behind its end. */
    private static List<CaptureEvent> exchanges(Path capture) {
        Set<Long> begun = new HashSet<>();
        List<CaptureEvent> events = new ArrayList<>();
        for (CaptureEvent event : TestCaptures.events(capture)) {
            if (event instanceof RequestHead head) {
                begun.add(head.exchangeId());
            }
            if (event instanceof ExchangeEvent part && begun.contains(part.exchangeId())) {
                events.add(event);
                if (event instanceof ExchangeEnd) {
                    begun.remove(part.exchangeId());
                }
            }
        }
        return events;
    }
}
