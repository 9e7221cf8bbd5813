package dev.mcpreel.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoRun;
import dev.mcpreel.demo.DemoServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code tail} beside a recorder, each in a process of its own. */
@Timeout(180)
class TailCommandTest {
    private static final Pattern FOLLOWING = Pattern.compile("^following (\\S+), recorded since ");

    @TempDir
    private Path folder;

    private final List<ChildCommand> children = new ArrayList<>();
    private DemoServer server;
    private Path store;

    @BeforeEach
    void start() throws Exception {
        server = DemoServer.start(DemoServer.Options.defaults());
        store = folder.resolve("store");
    }

    @AfterEach
    void stop() throws Exception {
        for (ChildCommand child : children) {
            child.kill();
        }
        server.close();
    }

    private ChildCommand record() throws Exception {
        return child(
                Pattern.compile("^point your agents at (\\S+) "),
                "record",
                "--upstream",
                server.origin().toString(),
                "--listen",
                "127.0.0.1:0",
                "--out",
                store.toString());
    }

    private ChildCommand tail(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("tail", store.toString()));
        arguments.addAll(Arrays.asList(options));
        return child(FOLLOWING, arguments.toArray(String[]::new));
    }

    private ChildCommand child(Pattern ready, String... arguments) throws Exception {
        ChildCommand child = ChildCommand.start(false, ready, List.of(arguments));
        children.add(child);
        return child;
    }

    private static DemoRun agents(ChildCommand recorder, int agents) throws Exception {
        URI target = URI.create(recorder.ready().group(1) + "/mcp");
        return DemoAgents.run(new DemoAgents.Options(target, agents, 7, 0.2));
    }

    private static List<JsonNode> json(ChildCommand tail) {
        return tail.said().stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> Json.parse(line).orElseThrow())
                .toList();
    }

    private static Map<String, Long> calls(ChildCommand tail) {
        Map<String, Long> calls = new HashMap<>();
        json(tail).stream()
                .filter(line -> line.path("tool").isString())
                .forEach(line -> calls.merge(line.path("tool").stringValue(), 1L, Long::sum));
        return calls;
    }

    @Test
    void everyCall_isSeenWhileItIsRecorded_andTheEnd() throws Exception {
        ChildCommand recorder = record();
        ChildCommand tail = tail("--json");
        DemoRun run = agents(recorder, 3);
        // While it records, and not only once it has ended.
        Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(calls(tail)).isEqualTo(run.callsByTool()));
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(json(tail))
                        .filteredOn(line -> line.path("type").stringValue().equals("session_end"))
                        .as("told though nothing is written any more")
                        .hasSize(3));
        assertThat(recorder.end()).isZero();
        assertThat(tail.exitCode()).isZero();
        assertThat(tail.rest()).contains("ended (complete): seen ");
        assertThat(calls(tail)).isEqualTo(run.callsByTool());
        assertThat(json(tail)).noneMatch(line -> line.path("type").stringValue().equals("missing"));
    }

    @Test
    void recorderKilled_isInterrupted_with6() throws Exception {
        ChildCommand recorder = record();
        ChildCommand tail = tail("--tool", "search*");
        agents(recorder, 1);
        recorder.kill();
        assertThat(tail.exitCode()).isEqualTo(6);
        assertThat(tail.rest())
                .contains("  search_orders")
                .doesNotContain("begins")
                .contains("interrupted: its recorder");
    }

    @Test
    void interruptedItself_endsWith0_andTheRecorderGoesOn() throws Exception {
        ChildCommand recorder = record();
        ChildCommand tail = tail();
        assertThat(tail.end()).isZero();
        agents(recorder, 1);
        assertThat(recorder.end()).isZero();
    }

    @Test
    void followRuns_goesFromRunToRun() throws Exception {
        Files.createDirectory(store);
        ChildCommand tail = child(
                Pattern.compile("^waiting for a recording in "),
                "tail",
                store.toString(),
                "--follow-runs",
                "--json",
                "--all");
        Map<String, Long> expected = new HashMap<>();
        for (int run = 1; run <= 2; run++) {
            ChildCommand recorder = record();
            agents(recorder, 1).callsByTool().forEach((tool, calls) -> expected.merge(tool, calls, Long::sum));
            Path latest = CaptureStore.runs(store).get(0);
            Awaitility.await().untilAsserted(() -> {
                assertThat(tail.said()).anyMatch(line -> line.startsWith("following " + latest));
                assertThat(calls(tail)).isEqualTo(expected);
            });
            assertThat(recorder.end()).isZero();
            int ended = run;
            Awaitility.await()
                    .untilAsserted(() -> assertThat(tail.said())
                            .filteredOn(line -> line.startsWith("ended (complete)"))
                            .hasSize(ended));
        }
        assertThat(tail.end()).isZero();
    }
}
