package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.cli.system.ChildCommand;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoRun;
import dev.mcpreel.demo.DemoServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code record --only}, from real agents to the commands that read the capture. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilteredRecordingTest {
    private static final String TOOL = "search_orders";
    private static final int AGENTS = 3;

    @TempDir
    private static Path folder;

    private Path captures;
    private DemoRun agents;
    private String closing;
    private long seen;
    private long kept;
    private long filtered;
    private String note;

    @BeforeAll
    void record() throws Exception {
        captures = folder.resolve("captures");
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults())) {
            List<String> arguments = List.of(
                    "record",
                    "--upstream",
                    server.origin().toString(),
                    "--listen",
                    "127.0.0.1:0",
                    "--out",
                    captures.toString(),
                    "--only",
                    "tool:" + TOOL);
            ChildCommand recorder =
                    ChildCommand.start(false, Pattern.compile("^point your agents at (\\S+) "), arguments);
            URI target = URI.create(recorder.ready().group(1) + "/mcp");
            agents = DemoAgents.run(new DemoAgents.Options(target, AGENTS, 7, 0.2));
            assertThat(recorder.end()).isZero();
            closing = recorder.rest();
            seen = server.received().requests();
        }
        kept = agents.callsByTool().get(TOOL);
        filtered = agents.calls().size() - kept;
        note = "note: " + filtered + " of " + seen + " exchanges were left out on purpose (only tool:" + TOOL + ")";
    }

    @Test
    void agents_ofWhomCallsAreLeftOut_areAnsweredAllTheSame() {
        assertThat(agents.errors()).isEmpty();
        assertThat(kept).isPositive();
        assertThat(filtered).isPositive();
    }

    @Test
    void closingWordsAndVerify_accountForEveryExchange() {
        assertThat(closing)
                .contains("recording only tool:" + TOOL + "; what that leaves out is relayed and counted")
                .contains("lost nothing, filtered " + filtered + " (only tool:" + TOOL + ")");
        CommandRun verify = CommandRun.of("verify", captures.toString());
        assertThat(verify.code()).as(verify.out()).isZero();
        assertThat(verify.out())
                .contains("accounting  seen " + seen + " = recorded " + (seen - filtered) + " + filtered " + filtered
                        + " (only tool:" + TOOL + " " + filtered + ") + lost 0\n");
        assertThat(verify.err()).isEqualTo(note + "\n");
    }

    @Test
    void report_hasEverySession_andCallsOfThatToolAlone() {
        CommandRun report = CommandRun.of("report", captures.toString(), "--json", "-");
        assertThat(report.err()).contains(note);
        JsonNode json = Json.parse(report.out()).orElseThrow();
        assertThat(json.at("/metrics/mcp_calls/count").longValue()).isEqualTo(kept);
        assertThat(json.at("/sessions/count").longValue()).isEqualTo(AGENTS);
        assertThat(json.at("/capture/filter/0").stringValue()).isEqualTo("only tool:" + TOOL);
        assertThat(json.at("/capture/counts/filtered").longValue()).isEqualTo(filtered);
    }

    @Test
    void replay_playsWhatIsLeft() throws Exception {
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            CommandRun replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.uri().toString(),
                    "--tools",
                    "all",
                    "--speed",
                    "4",
                    "--out",
                    folder + "/replays");
            assertThat(replay.code()).as(replay.err()).isIn(ExitCode.OK.code(), ExitCode.INVALID_RUN.code());
            assertThat(replay.err()).contains(note);
            long calls =
                    staging.calls().values().stream().mapToLong(Long::longValue).sum();
            assertThat(staging.calls().get(TOOL)).isEqualTo(kept).isEqualTo(calls);
        }
    }
}
