package dev.mcpreel.replay.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.testkit.ExchangeLog;
import dev.mcpreel.replay.testkit.FakeMcp;
import dev.mcpreel.replay.testkit.RunLog;
import dev.mcpreel.replay.transport.Loops;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RehearsalTest {
    @Test
    void play_onFreshLoops_playsRoundsAndEndsInTime() throws Exception {
        try (Loops loops = Loops.start(2)) {
            long begin = System.nanoTime();
            int rounds = new Rehearsal(loops, System::nanoTime, "mcp-reel/test").play(TimeUnit.SECONDS.toNanos(2));
            assertThat(rounds).isPositive();
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
        }
    }

    @Test
    void play_noTime_playsNothing() throws Exception {
        try (Loops loops = Loops.start(1)) {
            assertThat(new Rehearsal(loops, System::nanoTime, "mcp-reel/test").play(0))
                    .isZero();
        }
    }

    @Test
    void start_withRehearsal_sendsTheTargetNothingButThePlan() throws Exception {
        CaptureScript recording = new CaptureScript();
        recording.agent("ann").initialize().call("a").json(5);
        Plan plan = Planner.plan(
                CollectedSessions.of(recording).sessions(),
                PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL));
        ExchangeLog exchanges = new ExchangeLog();
        RunLog log = new RunLog();
        try (FakeMcp server = new FakeMcp()) {
            RunResult result = ReplayRig.start(plan, RigConfig.of(server.url()), exchanges, log, System::nanoTime)
                    .await();
            assertThat(server.http().requests()).hasSize(3);
            assertThat(exchanges.entries()).hasSize(3);
            assertThat(log.steps()).hasSize(3);
            assertThat(result.sent()).isEqualTo(3);
            assertThat(result.connections()).isEqualTo(1);
        }
    }
}
