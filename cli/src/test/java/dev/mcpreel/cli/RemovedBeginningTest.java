package dev.mcpreel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Clocks;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.RelayInfo;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.Retention;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.ToolPolicy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A capture whose oldest files were removed is told of as if what began in them had never been recorded. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemovedBeginningTest {
    private static final int AGENTS = 12;
    private static final long WALL = 1_795_000_000_000_000_000L;

    @TempDir
    private static Path folder;

    private final Set<Long> begunInWhatIsLeft = new HashSet<>();
    private Path cut = Path.of("");
    private Path never = Path.of("");

    @BeforeAll
    void record() {
        List<CaptureEvent> traffic = traffic();
        // A file of some KiB counts as the quarter MiB that may be claimed behind it, so about twelve are kept.
        cut = write("cut", traffic, new Retention(4 << 20, Long.MAX_VALUE, 100, 8 << 10, Long.MAX_VALUE));
        CaptureReader.open(cut).read(event -> {
            if (event instanceof RequestHead head) {
                begunInWhatIsLeft.add(head.exchangeId());
            }
        });
        List<CaptureEvent> rest = traffic.stream()
                .filter(event ->
                        !(event instanceof ExchangeEvent exchange) || begunInWhatIsLeft.contains(exchange.exchangeId()))
                .toList();
        assertThat(rest.size()).isBetween(100, traffic.size() - 100);
        never = write("never", rest, Retention.NONE);
    }

    /** Agents that overlap, and a stream of each that lasts as long as it does, so that a cut anywhere goes through exchanges. */
    private static List<CaptureEvent> traffic() {
        CaptureScript script = new CaptureScript();
        for (int i = 0; i < AGENTS; i++) {
            ScriptedAgent agent =
                    script.agent("agent" + i).startingAt(i * 700).initialize().listTools();
            agent.stream().end(8_000);
            for (int call = 0; call < 12; call++) {
                agent.think(150)
                        .call("search_orders", "{\"query\":\"" + "x".repeat(400) + "\"}")
                        .json(40);
                agent.think(90).call("monthly_report").progress(60).sse(200);
            }
        }
        return script.events();
    }

    private Path write(String store, List<CaptureEvent> events, Retention retention) {
        // Clocks that stand still, so that the two captures differ in nothing but their records.
        Clocks clocks = new Clocks(() -> CaptureScript.at(0), () -> WALL);
        ManifestSeed seed = new ManifestSeed(
                Role.RECORDED, "test", "127.0.0.1:8080", List.of("http://127.0.0.1:3001"), List.of(), null);
        CaptureWriter writer = CaptureWriter.create(
                folder.resolve(store),
                seed,
                WriterOptions.defaults().withClocks(clocks).withRetention(retention));
        writer.listen("http://127.0.0.1:8080", new RelayInfo("preserve", "", "", false));
        CaptureAppender appender = writer.newAppender();
        for (CaptureEvent event : events) {
            appender.append(event);
            appender.flush();
        }
        if (!retention.isNone()) {
            Awaitility.await().until(() -> writer.retention().files() > 5);
        }
        assertThat(writer.close(Ending.COMPLETE, SourceCounts.NONE).counts().lostExchanges())
                .isZero();
        assertThat(writer.retention().trouble()).isEmpty();
        return writer.folder();
    }

    @Test
    void sessions_areThoseOfTheRest() {
        List<AgentSession> sessions = sessions(cut);
        assertThat(sessions).isEqualTo(sessions(never));
        assertThat(sessions.size()).isBetween(2, AGENTS);
        CommandRun listed = CommandRun.of("sessions", "--json", cut.toString());
        assertThat(listed.code()).isZero();
        assertThat(listed.out())
                .isEqualTo(CommandRun.of("sessions", "--json", never.toString()).out());
    }

    @Test
    void report_hasTheNumbersOfTheRest_andSaysSo() {
        Summary summary =
                OpenCapture.open(cut, CommandRun.silent()).summary(SessionOptions.defaults(), CommandRun.silent());
        Summary expected =
                OpenCapture.open(never, CommandRun.silent()).summary(SessionOptions.defaults(), CommandRun.silent());
        assertThat(summary.metrics()).isEqualTo(expected.metrics());
        assertThat(summary.tools()).isEqualTo(expected.tools());
        assertThat(summary.outcomes()).isEqualTo(expected.outcomes());
        assertThat(summary.sessions()).isEqualTo(expected.sessions());
        assertThat(summary.run()).isEqualTo(expected.run());
        assertThat(summary.capture().trafficMillis())
                .isEqualTo(expected.capture().trafficMillis());
        assertThat(expected.caveats()).isEmpty();
        assertThat(summary.caveats()).singleElement().asString().startsWith("Beginning removed: the oldest ");
    }

    @Test
    void plan_isThatOfTheRest() {
        assertThat(plan(cut).digest()).isEqualTo(plan(never).digest());
        assertThat(plan(cut).summary()).isEqualTo(plan(never).summary());
    }

    @Test
    void everyCommand_saysWhatIsGone() {
        Removed removed =
                Objects.requireNonNull(CaptureReader.open(cut).manifest().removed(), "something was removed");
        String words = "the oldest " + removed.records() + " records (until ";
        for (String command : List.of("sessions", "report")) {
            CommandRun run = CommandRun.of(command, cut.toString());
            assertThat(run.code()).isZero();
            assertThat(run.err()).as(command).contains("note: " + words);
        }
        CommandRun verify = CommandRun.of("verify", cut.toString());
        assertThat(verify.code()).as(verify.out()).isZero();
        assertThat(verify.out()).contains("removed     " + words).contains("Z) were removed by retention");
        assertThat(CommandRun.of("verify", "--json", cut.toString()).out())
                .contains("\"before_seq\" : " + removed.beforeSeq());
        assertThat(CommandRun.of("verify", never.toString()).out()).doesNotContain("removed");
    }

    private static List<AgentSession> sessions(Path capture) {
        return OpenCapture.open(capture, CommandRun.silent())
                .sessions(SessionOptions.defaults().keepingExchanges(), CommandRun.silent());
    }

    private static Plan plan(Path capture) {
        return Planner.plan(sessions(capture), PlanOptions.ofCopies(2).withTools(ToolPolicy.ALL));
    }
}
