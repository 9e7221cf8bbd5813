package dev.mcpreel.captures.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The script runs in Node.js against a stand-in for k6 that remembers what it was told to do. */
@Timeout(120)
class K6ExportTest {
    private static final String HOSTILE =
            "a\"b\\c</script>${x}`'\u2028\u2029\u0000\u001b[31m\u009b\n\r__proto__ *//* ž 日本 \ud83d\ude00";

    @TempDir
    Path dir;

    @Test
    void script_run_callsTheSameToolsWithTheSameArgumentsAndGaps() throws Exception {
        CaptureScript script = new CaptureScript();
        ScriptedAgent ann = script.agent("ann").initialize().listTools();
        ann.think(400)
                .call("search", "{\"q\":\"late\",\"n\":3,\"f\":1.5,\"o\":{\"l\":[null,true]}}")
                .json(100);
        ann.think(1_250).call("report").json(80);
        ScriptedAgent bob = script.agent("bob").startingAt(2_000).initialize();
        bob.think(10).call("search", "{\"q\":1}").toolError(5);
        JsonNode ran = run(export(script, 100));
        JsonNode annDid = ran.path("scenarios").path("s1");
        assertThat(annDid.path(0).path("connect").path("endpoint").stringValue())
                .isEqualTo("http://127.0.0.1:1/mcp");
        assertThat(annDid.path(0).path("connect").path("timeout").intValue()).isEqualTo(60);
        assertThat(annDid.path(1).path("sleep").doubleValue()).isCloseTo(0.4, within(1e-6));
        assertThat(annDid.path(2).path("call").stringValue()).isEqualTo("search");
        assertThat(annDid.path(2).path("args"))
                .isEqualTo(Json.parse("{\"q\":\"late\",\"n\":3,\"f\":1.5,\"o\":{\"l\":[null,true]}}")
                        .orElseThrow());
        assertThat(annDid.path(3).path("sleep").doubleValue()).isCloseTo(1.25, within(1e-6));
        assertThat(annDid.path(4).path("call").stringValue()).isEqualTo("report");
        assertThat(annDid.path(5).path("close").booleanValue()).isTrue();
        assertThat(calls(ran, "s2")).containsExactly("search");
        JsonNode scenario = ran.path("options").path("scenarios").path("s2");
        assertThat(scenario.path("startTime").stringValue()).isEqualTo("2000ms");
        assertThat(scenario.path("executor").stringValue()).isEqualTo("per-vu-iterations");
        assertThat(scenario.path("maxDuration").stringValue()).isEqualTo("601s");
    }

    @Test
    void script_hostileNamesAndArguments_areHandedOnUnchangedAndRunNothing() throws Exception {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        String arguments = Json.mapper().writeValueAsString(Map.of(HOSTILE, HOSTILE));
        String name = Json.mapper().writeValueAsString(HOSTILE);
        agent.call(name.substring(1, name.length() - 1), arguments).json(5);
        agent.call("plain", "{\"__proto__\":{\"x\":1},\"constructor\":2}").json(5);
        String text = export(script, 100);
        assertThat(text.chars().filter(c -> c != '\n' && (c < 0x20 || (c >= 0x7f && c < 0xa0))))
                .isEmpty();
        assertThat(text).doesNotContain("</script>", "\u2028", "\u2029");
        JsonNode did = run(text).path("scenarios").path("s1");
        List<JsonNode> calls = new ArrayList<>();
        did.forEach(step -> {
            if (step.has("call")) {
                calls.add(step);
            }
        });
        assertThat(calls.get(0).path("call").stringValue()).isEqualTo(HOSTILE);
        assertThat(calls.get(0).path("args")).isEqualTo(Json.parse(arguments).orElseThrow());
        assertThat(calls.get(1).path("args"))
                .isEqualTo(Json.parse("{\"__proto__\":{\"x\":1},\"constructor\":2}")
                        .orElseThrow());
    }

    @Test
    void script_parallelCalls_followEachOtherAndAreSaid() throws Exception {
        CaptureScript script = new CaptureScript();
        ScriptedAgent agent = script.agent("ann").initialize();
        double start = agent.now();
        agent.call("slow").json(500);
        agent.clock(start + 100).call("quick").json(50);
        agent.clock(start + 700).call("after").json(50);
        String text = export(script, 100);
        assertThat(text)
                .contains("1 calls were made while another was under way")
                .contains("// was made in parallel");
        JsonNode did = run(text).path("scenarios").path("s1");
        assertThat(calls(run(text), "s1")).containsExactly("slow", "quick", "after");
        assertThat(did.path(2).path("call").stringValue()).isEqualTo("slow");
        assertThat(did.path(3).path("call").stringValue()).isEqualTo("quick");
        assertThat(did.path(4).path("sleep").doubleValue()).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void export_moreSessionsThanAskedFor_leavesOutTheRestAndSaysSo() {
        CaptureScript script = new CaptureScript();
        for (int i = 0; i < 5; i++) {
            script.agent("a" + i)
                    .startingAt(i * 1_000)
                    .initialize()
                    .call("search")
                    .json(5);
        }
        String text = export(script, 2);
        assertThat(text).contains("s1: {", "s2: {", "3 sessions are left out").doesNotContain("s3: {");
    }

    @Test
    void export_redactedAndHugeValues_areSaid() {
        CaptureScript script = new CaptureScript();
        script.agent("ann")
                .initialize()
                .call("search", "{\"api_key\":\"sk-very-secret-0123456789\",\"n\":12345678901234567890}")
                .json(5);
        assertThat(export(script, 2))
                .contains("1 calls have arguments that were redacted", "1 calls have whole numbers beyond 2^53")
                .doesNotContain("sk-very-secret");
    }

    private static List<String> calls(JsonNode ran, String session) {
        List<String> calls = new ArrayList<>();
        ran.path("scenarios").path(session).forEach(step -> {
            if (step.has("call")) {
                calls.add(step.path("call").stringValue());
            }
        });
        return calls;
    }

    private String export(CaptureScript script, int sessions) {
        Path capture = TestCaptures.write(dir.resolve("store"), script.events());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureExport.k6(CaptureReader.open(capture), SessionOptions.defaults(), sessions, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode run(String text) throws Exception {
        Path folder = Files.createDirectories(dir.resolve("node"));
        Path modules = Files.createDirectories(folder.resolve("node_modules/k6"));
        for (String name : List.of("package.json", "k6.js", "execution.js", "infobip_mcp.js")) {
            copy(name, modules.resolve(name));
        }
        copy("run.mjs", folder.resolve("run.mjs"));
        Path script = Files.writeString(folder.resolve("script.mjs"), text);
        assertThat(node("--check", script.toString()).code()).as(text).isZero();
        Ran ran = node(folder.resolve("run.mjs").toString(), script.toString());
        assertThat(ran.code()).as(ran.output()).isZero();
        return Json.parse(ran.output()).orElseThrow();
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream in = K6ExportTest.class.getResourceAsStream("/transfer/k6/" + name)) {
            Files.write(to, in.readAllBytes());
        }
    }

    private record Ran(int code, String output) {}

    private static Ran node(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no Node.js here");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }
}
