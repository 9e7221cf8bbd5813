package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.tap.RecorderOptions;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.cli.system.ChildCommand;
import dev.mcpreel.demo.DemoAgents;
import dev.mcpreel.demo.DemoRun;
import dev.mcpreel.demo.DemoServer;
import dev.mcpreel.demo.Received;
import dev.mcpreel.proxy.ProxyConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The product's main job on real parts: the MCP Java SDK's client and server, the proxy between them, the capture, the
 * replay, the report.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeWayTest {
    private static final int AGENTS = 3;
    private static final int COPIES = 4;
    private static final long PAUSE_NANOS = 100_000_000;

    @TempDir
    private static Path folder;

    private Path captures;
    private DemoRun agents;
    private Received received;
    private Manifest manifest;
    private List<AgentSession> recorded;

    @BeforeAll
    void record() throws Exception {
        captures = folder.resolve("captures");
        try (DemoServer server = DemoServer.start(DemoServer.Options.defaults())) {
            ProxyConfig config = ProxyConfig.of("127.0.0.1:0", server.origin().toString());
            try (Recording recording =
                    Recording.start(config, captures, RecorderOptions.DEFAULT, WriterOptions.defaults())) {
                URI target = URI.create(Addresses.origin(recording.address()) + "/mcp");
                agents = DemoAgents.run(new DemoAgents.Options(target, AGENTS, 7, 0.5));
                manifest = recording.stop(Duration.ofSeconds(5));
            }
            received = server.received();
        }
        recorded = sessions(captures);
    }

    @AfterAll
    void tell() {
        System.out.println("recorded " + manifest.counts());
    }

    @Test
    void record_realAgents_accountsForEveryExchange() {
        assertThat(agents.errors()).isEmpty();
        assertThat(manifest.counts().seen()).isEqualTo(received.requests());
        assertThat(manifest.counts().recorded()).isEqualTo(received.requests());
        assertThat(manifest.counts().lostExchanges()).isZero();
    }

    @Test
    void record_realAgents_countsTheBytesTheServerReceived() {
        Map<Long, Received.Route> routes = new HashMap<>();
        Map<Received.Route, Long> bytes = new HashMap<>();
        Map<Received.Route, Long> requests = new HashMap<>();
        CaptureReader.open(captures).read(event -> {
            if (event instanceof RequestHead head) {
                Received.Route route = new Received.Route(head.method(), head.target());
                routes.put(head.exchangeId(), route);
                requests.merge(route, 1L, Long::sum);
            } else if (event instanceof ExchangeEnd end) {
                bytes.merge(routes.get(end.exchangeId()), end.requestBytes(), Long::sum);
            }
        });

        assertThat(requests).isNotEmpty();
        received.byRoute().forEach((route, count) -> {
            assertThat(requests.get(route)).as("requests %s", route).isEqualTo(count.requests());
            assertThat(bytes.get(route)).as("bytes %s", route).isEqualTo(count.bodyBytes());
        });
    }

    @Test
    void sessions_realAgents_areTheAgentsWithTheirToolsInOrder() {
        assertThat(recorded).hasSize(AGENTS);
        for (DemoRun.AgentRun agent : agents.agents()) {
            AgentSession session = recorded.stream()
                    .filter(candidate -> candidate.client().startsWith("demo-agent-" + agent.agent()))
                    .findFirst()
                    .orElseThrow();
            List<String> tools = session.calls().stream().map(Call::tool).toList();
            assertThat(tools).hasSize(agent.calls().size());
            int from = 0;
            for (List<DemoRun.Call> leg : legs(agent)) {
                // Calls of one leg are in flight together and may reach the wire in any order.
                assertThat(tools.subList(from, from + leg.size()))
                        .containsExactlyInAnyOrderElementsOf(
                                leg.stream().map(DemoRun.Call::tool).toList());
                from += leg.size();
            }
        }
    }

    @Test
    void show_anySession_hasItsCallsAndIsFoundByItsKey() {
        AgentSession session = recorded.get(0);
        String capture = captures.toString();

        CommandRun byId = CommandRun.of(80, "show", capture, session.id());
        CommandRun byKey = CommandRun.of(80, "show", capture, session.key().value());
        JsonNode json = Json.parse(
                        CommandRun.of("show", capture, session.id(), "--json").out())
                .orElseThrow();

        assertThat(byId.code()).as(byId.err()).isZero();
        assertThat(byKey.out()).isEqualTo(byId.out());
        assertThat(byId.out()).startsWith(session.id() + ": " + session.client());
        assertThat(json.path("sections").findValues("call"))
                .hasSize(session.calls().size());
        assertThat(json.path("sections").findValuesAsString("kind")).contains("negotiation", "stream", "delete");
        CommandRun unknown = CommandRun.of("show", capture, "s99");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.complaint())
                .contains("s99 is none of the " + AGENTS + " sessions", "mcp-reel sessions " + captures);
        CommandRun several = CommandRun.of("show", capture, "redacted:");
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.complaint()).contains(AGENTS + " sessions of ", "give the id of one (s1, s2, s3)");
    }

    @Test
    void stats_realAgents_addUp() {
        JsonNode stats = Json.parse(
                        CommandRun.of("stats", captures.toString(), "--json").out())
                .orElseThrow();

        long calls =
                recorded.stream().mapToLong(session -> session.calls().size()).sum();
        assertThat(stats.path("sessions").intValue()).isEqualTo(AGENTS);
        assertThat(stats.path("calls").longValue()).isEqualTo(calls);
        long transitions = 0;
        for (JsonNode each : stats.path("transitions")) {
            transitions += each.path("count").longValue();
        }
        assertThat(transitions).isEqualTo(calls + AGENTS);
        assertThat(CommandRun.of(80, "stats", captures.toString()).out()).contains("WHAT FOLLOWS WHAT");
    }

    @Test
    void sessions_filtered_areFewer() {
        String client = recorded.get(0).client();

        JsonNode one = Json.parse(CommandRun.of("sessions", captures.toString(), "--agent", client, "--json")
                        .out())
                .orElseThrow();

        assertThat(one.size()).isEqualTo(1);
        assertThat(one.get(0).path("id").stringValue())
                .isEqualTo(recorded.get(0).id());
        assertThat(CommandRun.of("sessions", captures.toString(), "--tool", "no_such_tool")
                        .out())
                .isEqualTo("none of " + AGENTS + " sessions is like that\n");
    }

    private static List<List<DemoRun.Call>> legs(DemoRun.AgentRun agent) {
        return List.copyOf(agent.calls().stream()
                .collect(Collectors.groupingBy(DemoRun.Call::leg, TreeMap::new, Collectors.toList()))
                .values());
    }

    @Test
    void replay_tenfold_keepsCallsOutcomesAndRhythm() throws Exception {
        Path replays = folder.resolve("replays");
        CommandRun replay;
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.uri().toString(),
                    "--copies",
                    String.valueOf(COPIES),
                    "--tools",
                    "all",
                    "--out",
                    replays.toString());
        }
        // A noisy machine may make the run invalid; that is told by its own exit code and no failure of the replay.
        assertThat(replay.code()).as(replay.err()).isIn(ExitCode.OK.code(), ExitCode.INVALID_RUN.code());

        JsonNode before = report(captures);
        JsonNode after = report(replays);
        assertThat(after.at("/metrics/mcp_calls/count").longValue())
                .isEqualTo(COPIES * before.at("/metrics/mcp_calls/count").longValue());
        assertThat(before.at("/metrics/mcp_calls/count").longValue())
                .isEqualTo(agents.calls().size());
        assertThat(callOutcomes(after)).isEqualTo(callOutcomes(before));
        assertThat(after.at("/run/lateness").isObject()).isTrue();

        List<AgentSession> replayed = sessions(replays);
        assertThat(replayed).hasSize(AGENTS * COPIES);
        assertThat(pauseErrorsMillis(replayed)).isNotEmpty().satisfies(errors -> {
            assertThat(errors.get(errors.size() / 2))
                    .as("median error of pauses in ms")
                    .isLessThan(20);
            assertThat(errors.get(errors.size() * 9 / 10))
                    .as("p90 error of pauses in ms")
                    .isLessThan(150);
        });
        CommandRun verify = CommandRun.of("verify", replays.toString(), "--json");
        assertThat(verify.code()).as(verify.out()).isZero();
        JsonNode verified = Json.parse(verify.out()).orElseThrow();
        assertThat(verified.path("exchanges").longValue())
                .isEqualTo(after.at("/metrics/http_reqs/count").longValue());
    }

    @Test
    void replay_wrongPath_saysThatTheTargetAnsweredNothing() throws Exception {
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            String wrong = staging.origin() + "/wrong";
            CommandRun replay = CommandRun.of(
                    "replay", captures.toString(), "--target", wrong, "--tools", "all", "--out", folder + "/wrong");

            assertThat(replay.code()).as(replay.err()).isEqualTo(ExitCode.FAILED.code());
            assertThat(replay.complaint()).contains("--target " + wrong, "path");
        }
    }

    @Test
    void replay_recordedUpstream_isRefusedWithoutTheFlag() {
        String upstream = manifest.upstreams().get(0) + "/mcp";
        CommandRun replay = CommandRun.of(
                "replay", captures.toString(), "--target", upstream, "--tools", "all", "--out", folder + "/refused");

        assertThat(replay.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(replay.complaint()).contains("--allow-recorded-upstream");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void replay_refusingTarget_namesItAndLeavesNothing() {
        CommandRun replay = CommandRun.of(
                "replay",
                captures.toString(),
                "--target",
                "http://127.0.0.1:1/mcp",
                "--tools",
                "all",
                "--out",
                folder + "/refusing");

        assertThat(replay.code()).as(replay.err()).isEqualTo(ExitCode.FAILED.code());
        assertThat(replay.complaint()).contains("--target", "127.0.0.1:1");
        assertThat(folder.resolve("refusing")).doesNotExist();
    }

    @Test
    void replay_interrupted_keepsWhatItMeasuredAndExitsWithSix() throws Exception {
        Path out = folder.resolve("stopped");
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            ChildCommand replay = ChildCommand.start(
                    false,
                    Pattern.compile("^playing "),
                    List.of(
                            "replay",
                            captures.toString(),
                            "--target",
                            staging.uri().toString(),
                            "--tools",
                            "all",
                            "--speed",
                            "0.05",
                            "--out",
                            out.toString()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> staging.calls().get("search_orders") > 0);

            assertThat(replay.end()).isEqualTo(ExitCode.INVALID_RUN.code());
            assertThat(replay.rest()).contains("stopped after", "mcp-reel report ");
        }
        CommandRun verify = CommandRun.of("verify", out.toString());
        assertThat(verify.code()).as(verify.out()).isZero();
        JsonNode report = report(out);
        assertThat(report.at("/metrics/mcp_calls/count").longValue()).isPositive();
    }

    @Test
    void replay_safeTools_namesWhatItLeavesOutWithTheFlag() throws Exception {
        try (DemoServer staging = DemoServer.start(DemoServer.Options.defaults())) {
            CommandRun replay = CommandRun.of(
                    "replay",
                    captures.toString(),
                    "--target",
                    staging.uri().toString(),
                    "--speed",
                    "4",
                    "--out",
                    folder + "/safe");

            assertThat(replay.code()).as(replay.err()).isIn(ExitCode.OK.code(), ExitCode.INVALID_RUN.code());
            assertThat(replay.err()).contains("not played: create_ticket", "--tools safe,create_ticket");
            assertThat(staging.calls()).containsEntry("create_ticket", 0L);
            assertThat(staging.calls().get("search_orders")).isPositive();
        }
    }

    /**
     * How far each replayed pause is from the recorded one, in order of size. The longest pauses of each session are
     * compared, as many as it has above the threshold: parallel calls may change places among the short ones.
     */
    private List<Double> pauseErrorsMillis(List<AgentSession> replayed) {
        List<Double> errors = new ArrayList<>();
        Map<String, List<Long>> expected = new HashMap<>();
        recorded.forEach(session -> expected.put(session.client(), pauses(session)));
        for (AgentSession session : replayed) {
            List<Long> recordedPauses = expected.get(session.client());
            List<Long> pauses = pauses(session);
            for (int i = 0; i < recordedPauses.size() && recordedPauses.get(i) > PAUSE_NANOS; i++) {
                errors.add(Math.abs(pauses.get(i) - recordedPauses.get(i)) / 1e6);
            }
        }
        Collections.sort(errors);
        return errors;
    }

    /** The longest first. */
    private static List<Long> pauses(AgentSession session) {
        return new ArrayList<>(session.shape().thinkTimes().counts().descendingKeySet());
    }

    private static Map<String, Double> callOutcomes(JsonNode report) {
        Map<String, Double> shares = new TreeMap<>();
        for (JsonNode row : report.path("outcomes")) {
            if (row.path("calls").longValue() > 0) {
                shares.put(
                        row.path("outcome").stringValue(),
                        row.path("call_share").doubleValue());
            }
        }
        return shares;
    }

    private static JsonNode report(Path capture) {
        CommandRun run = CommandRun.of("report", capture.toString(), "--json", "-");
        assertThat(run.code()).as(run.err()).isZero();
        return Json.parse(run.out()).orElseThrow();
    }

    private static List<AgentSession> sessions(Path capture) {
        Terminal silent = CommandRun.silent();
        return OpenCapture.open(capture, silent)
                .sessions(SessionOptions.defaults().keepingExchanges(), silent);
    }
}
