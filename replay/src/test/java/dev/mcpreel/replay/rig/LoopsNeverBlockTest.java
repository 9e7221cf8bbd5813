package dev.mcpreel.replay.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.LoopWatch;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.testkit.ExchangeLog;
import dev.mcpreel.replay.testkit.FakeMcp;
import dev.mcpreel.replay.testkit.RunLog;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that an agent does on its loop blocks it, and a run log that does is noticed. */
@Timeout(60)
class LoopsNeverBlockTest {
    private final FakeMcp server = new FakeMcp();
    private final RunLog log = new RunLog();

    @BeforeEach
    void watch() throws InterruptedException {
        LoopWatch.begin();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void run_answersFailuresAndSilence_neverBlocksALoop() throws Exception {
        server.tool("late", call -> call.after(50, () -> call.text("late")));
        server.tool("reset", call -> call.reply.reset());
        server.tool("silent", call -> call.reply.events());
        URI byName = URI.create("http://localhost:" + server.url().getPort() + "/mcp");
        RigConfig config = RigConfig.of(byName).withGracefulStopNanos(TimeUnit.MILLISECONDS.toNanos(100));
        Run run = start(config, "quick", "late", "reset", "quick", "silent");
        await().until(() -> run.progress().calls() == 8 && run.progress().inFlight() == 2);
        run.stop("enough");
        RunResult result = run.await();

        assertThat(result.agentsStarted()).isEqualTo(2);
        assertThat(result.outcomes()).hasSizeGreaterThan(2);
        assertThat(LoopWatch.notes()).isEmpty();
    }

    @Test
    void rehearsal_beforeARun_neverBlocksALoop() throws Exception {
        ReplayRig.start(plan("quick"), RigConfig.of(server.url()), new ExchangeLog(), log, System::nanoTime)
                .await();
        assertThat(LoopWatch.notes()).isEmpty();
    }

    @Test
    void runLogThatBlocks_isNoticed() throws Exception {
        log.onStep(step -> {
            try {
                assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS))
                        .isFalse();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        start(RigConfig.of(server.url()), "quick").await();
        assertThat(LoopWatch.notes())
                .anySatisfy(note -> assertThat(note).startsWith("replay-loop-").contains("#park"));
    }

    private Run start(RigConfig config, String... tools) {
        return ReplayRig.start(
                plan(tools), config, new ExchangeLog(), log, System::nanoTime, new Backstage(Machine.ofThisJvm(), 0));
    }

    private static Plan plan(String... tools) {
        CaptureScript recording = new CaptureScript();
        ScriptedAgent agent = recording.agent("ann").initialize();
        for (String tool : tools) {
            agent.think(5).call(tool).json(5);
        }
        return Planner.plan(
                CollectedSessions.of(recording).sessions(),
                PlanOptions.ofCopies(2).withTools(ToolPolicy.ALL));
    }
}
