package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureStore;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.cli.system.ChildCommand;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoServer;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.Step;
import dev.mcpreel.replay.plan.ToolPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cut}, of what real agents did and of a replay of it. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutCommandTest {
    private static final int AGENTS = 4;

    @TempDir
    private static Path folder;

    private Path captures;
    private Path replays;
    private int outs;

    @BeforeAll
    void record() throws Exception {
        captures = folder.resolve("captures");
        replays = folder.resolve("replays");
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults());
                DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            ChildCommand recorder = ChildCommand.start(
                    false,
                    Pattern.compile("^point your agents at (\\S+) "),
                    List.of(
                            "record",
                            "--upstream",
                            server.origin().toString(),
                            "--listen",
                            "127.0.0.1:0",
                            "--out",
                            captures.toString()));
            URI target = URI.create(recorder.ready().group(1) + "/mcp");
            DemoAgents.run(new DemoAgents.Options(target, AGENTS, 7, 0.2));
            assertThat(recorder.end()).isZero();
            CommandRun replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.uri().toString(),
                    "--tools",
                    "all",
                    "--speed",
                    "4",
                    "--copies",
                    "2",
                    "--out",
                    replays.toString());
            assertThat(replay.code()).as(replay.err()).isIn(ExitCode.OK.code(), ExitCode.INVALID_RUN.code());
        }
    }

    private Path out() {
        return folder.resolve("out-" + outs++);
    }

    private static CommandRun cut(Path capture, Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("cut", capture.toString(), "--out", out.toString()));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static Path made(CommandRun run, Path out) {
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(CommandRun.of("verify", out.toString()).code()).isZero();
        return CaptureStore.runs(out).get(0);
    }

    private static List<AgentSession> sessions(Path capture) {
        return OpenCapture.open(capture, CommandRun.silent())
                .sessions(SessionOptions.defaults().keepingExchanges(), CommandRun.silent());
    }

    private static Plan plan(List<AgentSession> sessions) {
        return Planner.plan(sessions, PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL));
    }

    private static List<List<Step>> steps(Plan plan) {
        return plan.scripts().stream().map(script -> script.steps()).toList();
    }

    @Test
    void planOfTheCut_isThatOfTheSessionsOfTheSource() {
        List<AgentSession> all = sessions(captures);
        assertThat(all).hasSize(AGENTS);
        List<AgentSession> some = List.of(all.get(1), all.get(3));
        Path out = out();
        CommandRun run = cut(
                captures, out, "--session", some.get(0).id() + "," + some.get(1).id());
        List<AgentSession> kept = sessions(made(run, out));
        assertThat(kept)
                .extracting(AgentSession::client)
                .isEqualTo(some.stream().map(AgentSession::client).toList());
        assertThat(steps(plan(kept))).isEqualTo(steps(plan(some))).isNotEqualTo(steps(plan(all)));
        assertThat(plan(kept).agents()).isEqualTo(plan(some).agents());
        assertThat(plan(kept).summary()).isEqualTo(plan(some).summary());
    }

    @Test
    void allSessions_havePlanAndDigestOfTheSource() {
        Path out = out();
        Path all = made(cut(captures, out), out);
        assertThat(plan(sessions(all)).digest())
                .isEqualTo(plan(sessions(captures)).digest());
    }

    @Test
    void words_sayWhatWasKept_andEveryCommandThatItIsAPart() {
        Path out = out();
        CommandRun run = cut(captures, out, "--sessions", "1");
        Path made = made(run, out);
        JsonNode source = Json.parse(
                        CommandRun.of("verify", captures.toString(), "--json").out())
                .orElseThrow();
        long kept = sessions(made).get(0).exchanges().size();
        long seen = source.path("exchanges").longValue();
        assertThat(run.err())
                .isEqualTo("reading " + CaptureStore.runs(captures).get(0) + ", the newest complete run in " + captures
                        + "\n");
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("kept        1 session, " + kept + " of " + seen + " exchanges, "))
                .contains("accounting  seen " + seen + " = recorded " + kept + " + filtered " + (seen - kept) + " (cut "
                        + (seen - kept) + ") + lost 0")
                .contains("capture     " + made);
        String words = "cut out of " + CaptureStore.runs(captures).get(0).getFileName() + ": 1 session, " + kept
                + " exchanges (--sessions 1)";
        CommandRun report = CommandRun.of("report", made.toString());
        assertThat(report.err()).contains("note: this capture was " + words);
        assertThat(report.out()).contains("A part of another capture");
        assertThat(CommandRun.of("sessions", made.toString()).err()).contains(words);
    }

    @Test
    void redact_takesAwayWhatWasInClear() throws IOException {
        String customer = "\"" + customerOf(captures) + "\"";
        assertThat(holds(captures, customer)).isTrue();
        Path out = out();
        made(cut(captures, out, "--redact", "customer"), out);
        assertThat(holds(out, customer)).isFalse();
        assertThat(holds(out, "search_orders")).isTrue();
    }

    /** Whom the first call asks for. */
    private String customerOf(Path capture) {
        return sessions(capture).stream()
                .flatMap(session -> session.calls().stream().map(Call::first))
                .map(call -> call.request().node().at("/params/arguments/customer"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .findFirst()
                .orElseThrow();
    }

    private static boolean holds(Path store, String text) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void cutOfAReplay_isReadable_andNoLongerJudged() {
        Path out = out();
        Path made = made(cut(replays, out, "--sessions", "2"), out);
        JsonNode whole = Json.parse(CommandRun.of("report", replays.toString(), "--json", "-")
                        .out())
                .orElseThrow();
        JsonNode part = Json.parse(
                        CommandRun.of("report", made.toString(), "--json", "-").out())
                .orElseThrow();
        assertThat(part.at("/capture/role").stringValue()).isEqualTo("replayed");
        assertThat(part.at("/metrics/mcp_calls/count").longValue())
                .isPositive()
                .isLessThan(whole.at("/metrics/mcp_calls/count").longValue());
        assertThat(part.at("/tools/0/tool").stringValue()).isNotEmpty();
        assertThat(CommandRun.of("report", made.toString()).out())
                .contains("Invalid run: steps of it were cut out")
                .contains("A part of another capture");
        long calls = sessions(made).stream()
                .mapToLong(session -> session.calls().size())
                .sum();
        assertThat(part.at("/metrics/mcp_calls/count").longValue()).isEqualTo(calls);
    }

    @Test
    void cutOfAReplay_withEverything_staysAsItWas() {
        Path out = out();
        made(cut(replays, out), out);
        CommandRun report = CommandRun.of("report", out.toString());
        assertThat(report.out()).doesNotContain("steps of it were cut out");
    }

    @Test
    void whatCannotBe_isSaidInOneLine_andLeavesNothing() {
        Path capture = CaptureStore.runs(captures).get(0);
        refused(2, "--session x9 is no session: write s3", capture, "--session", "x9");
        refused(2, "has no session s99 among its " + AGENTS, capture, "--session", "s99");
        refused(1, "nothing would be left of " + capture, capture, "--tool", "no_such_tool");
        refused(2, "--outcome slow is no outcome: give error or one of ok, tool_error", capture, "--outcome", "slow");
        refused(2, "--from yesterday is no time: write 2026", capture, "--from", "yesterday");
        refused(2, "--from 2m is after --to 1m: swap them", capture, "--from", "2m", "--to", "1m");
        refused(2, "--sessions 0 keeps nothing", capture, "--sessions", "0");
        refused(2, "--tool is empty", capture, "--tool", "");
        refused(2, "--redact-off nothing", capture, "--redact-off", "nothing");
        refused(2, "missing does not exist", folder.resolve("missing"));
        CommandRun same = CommandRun.of("cut", capture.toString(), "--out", capture.toString());
        assertThat(same.code()).isEqualTo(2);
        assertThat(same.complaint()).contains("is, or lies in, a capture");
    }

    private void refused(int code, String part, Path capture, String... options) {
        Path out = out();
        CommandRun run = cut(capture, out, options);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.complaint()).startsWith("mcp-reel: ").contains(part);
        assertThat(out).doesNotExist();
    }
}
