package dev.mcpreel.replay.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.Planner;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.testkit.ExchangeLog;
import dev.mcpreel.replay.testkit.FakeMcp;
import dev.mcpreel.replay.testkit.RunLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayRigTest {
    private static final int STEPS_A_SESSION = 5;

    private final FakeMcp server = new FakeMcp();
    private final ExchangeLog exchanges = new ExchangeLog();
    private final RunLog log = new RunLog();

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void start_copies_playEveryAgentToItsEnd() throws Exception {
        Plan plan = plan(twoSessions(50), options(5));
        RunResult result = start(plan).await();

        assertThat(result.agents()).isEqualTo(10);
        assertThat(result.agentsStarted()).isEqualTo(10);
        assertThat(result.iterations()).isEqualTo(10);
        assertThat(result.recorded()).isEqualTo(plan.summary().steps()).isEqualTo(10 * STEPS_A_SESSION);
        assertThat(result.sent()).isEqualTo(result.due()).isEqualTo(10 * STEPS_A_SESSION);
        assertThat(result.calls()).isEqualTo(plan.summary().calls()).isEqualTo(20);
        assertThat(result.outcomes()).containsOnlyKeys(Outcome.OK);
        assertThat(result.isStoppedEarly()).isFalse();
        assertThat(onePerStep(log.steps())).isTrue();
        assertThat(server.http().connections()).as("10 agents and the check").isGreaterThanOrEqualTo(11);
        assertThat(exchanges.entries())
                .allSatisfy(entry -> assertThat(entry.words).last().isEqualTo("end COMPLETE UPSTREAM"));
    }

    @Test
    void start_everyAgent_hasItsOwnConnectionsAndSession() throws Exception {
        start(plan(twoSessions(50), options(5))).await();
        Set<String> pairs = new HashSet<>();
        server.requests("tools/call")
                .forEach(request -> pairs.add(request.connection() + " " + request.header("mcp-session-id")));
        assertThat(pairs).hasSize(10);
    }

    @Test
    void start_arrivals_areAbsolute() throws Exception {
        CaptureScript recording = new CaptureScript();
        recording.agent("first").initialize().call("a").json(5);
        recording.agent("second").startingAt(400).initialize().call("a").json(5);
        start(plan(recording, options(1).withSpeed(2))).await();
        List<StepRecord> handshakes =
                log.steps().stream().filter(step -> step.step() == 0).toList();
        assertThat(handshakes.get(1).dueNanos() - handshakes.get(0).dueNanos()).isEqualTo(millis(200));
        assertThat(handshakes).extracting(StepRecord::lagNanos).containsOnly(0L);
    }

    @Test
    void progress_whileRunning_countsAgentsAndCalls() throws Exception {
        server.tool("b", call -> call.after(1500, () -> call.text("b")));
        Run run = start(plan(twoSessions(10), options(5)));
        await().until(() -> run.progress().inFlight() == 10 && run.progress().calls() == 10);
        Progress progress = run.progress();
        assertThat(progress.agents()).isEqualTo(10);
        assertThat(progress.agentsAlive()).isEqualTo(10);
        assertThat(progress.calls()).isEqualTo(10);
        assertThat(progress.callP95Nanos()).isPositive();
        assertThat(progress.connections()).isGreaterThanOrEqualTo(10);
        assertThat(progress.stopping()).isFalse();
        run.await();
        assertThat(run.isDone()).isTrue();
        assertThat(run.progress().agentsFinished()).isEqualTo(10);
        assertThat(run.progress().agentsAlive()).isZero();
    }

    @Test
    void start_longerThanASecond_samplesTheProcess() throws Exception {
        Run run = start(plan(twoSessions(1300), options(1)));
        run.await();
        assertThat(log.samples()).hasSizeGreaterThanOrEqualTo(2);
        RunSample first = log.samples().get(0);
        assertThat(first.intervalNanos()).isBetween(millis(900), millis(1600));
        assertThat(first.machineCpuPermille()).isEqualTo(250);
        assertThat(first.processCpuPermille()).isZero();
        assertThat(first.agents()).isEqualTo(2);
        assertThat(first.connections()).isGreaterThanOrEqualTo(2);
        assertThat(first.sent()).isLessThanOrEqualTo(first.due()).isPositive();
    }

    @Test
    void stop_betweenSteps_endsPromptlyWithTheRestInterrupted() throws Exception {
        Run run = start(plan(twoSessions(600_000), options(1)));
        await().until(() -> run.progress().calls() == 2);
        long asked = System.nanoTime();
        run.stop("Ctrl-C");
        RunResult result = run.await();
        assertThat(System.nanoTime() - asked).isLessThan(millis(3000));
        assertThat(result.stopReason()).isEqualTo("Ctrl-C");
        assertThat(result.recorded()).isEqualTo(2 * STEPS_A_SESSION);
        assertThat(result.outcomes()).containsEntry(Outcome.INTERRUPTED, 4L).containsEntry(Outcome.OK, 6L);
        assertThat(result.iterations()).isZero();
        assertThat(onePerStep(log.steps())).isTrue();
        run.stop("again");
        assertThat(run.await().stopReason()).isEqualTo("Ctrl-C");
    }

    @Test
    void stop_callsThatNeverEnd_areInterruptedAfterTheGracefulStop() throws Exception {
        server.tool("b", call -> call.reply.events());
        RigConfig config = RigConfig.of(server.url()).withGracefulStopNanos(millis(400));
        Run run = start(plan(twoSessions(10), options(2)), config);
        await().until(() -> run.progress().inFlight() == 4);
        long asked = System.nanoTime();
        run.stop("Ctrl-C");
        RunResult result = run.await();
        assertThat(System.nanoTime() - asked).isBetween(millis(400), millis(3000));
        assertThat(result.outcomes().get(Outcome.INTERRUPTED)).isEqualTo(8);
        assertThat(log.steps().stream().filter(step -> step.outcome() == Outcome.INTERRUPTED && step.sentNanos() > 0))
                .hasSize(4);
    }

    @Test
    void stop_twice_interruptsAtOnce() throws Exception {
        server.tool("b", call -> call.reply.events());
        Run run = start(plan(twoSessions(10), options(2)));
        await().until(() -> run.progress().inFlight() == 4);
        run.stop("Ctrl-C");
        run.stop("Ctrl-C again");
        RunResult result = run.await();
        assertThat(result.durationNanos()).isLessThan(millis(20_000));
        assertThat(result.stopReason()).isEqualTo("Ctrl-C");
    }

    @Test
    void stop_beforeAnybodyArrives_endsWithNothing() throws Exception {
        CaptureScript recording = new CaptureScript();
        recording.agent("first").initialize().call("a").json(5);
        recording.agent("late").startingAt(600_000).initialize().call("a").json(5);
        Run run = start(plan(recording, options(1)));
        await().until(() -> run.progress().agentsFinished() == 1);
        run.stop("enough");
        RunResult result = run.await();
        assertThat(result.agentsStarted()).isEqualTo(1);
        assertThat(result.recorded()).isEqualTo(3);
    }

    @Test
    void start_byDuration_playsSessionAfterSessionUntilItIsOver() throws Exception {
        PlanOptions options = PlanOptions.ofAgents(3, millis(1500)).withTools(ToolPolicy.ALL);
        Run run = start(plan(twoSessions(50), options));
        RunResult result = run.await();
        assertThat(result.agents()).isEqualTo(3);
        assertThat(result.agentsStarted()).isEqualTo(3);
        assertThat(result.iterations()).isGreaterThan(6);
        assertThat(result.durationNanos()).isBetween(millis(1400), millis(4000));
        assertThat(result.isStoppedEarly()).isFalse();
        assertThat(result.outcomes().keySet()).isSubsetOf(Outcome.OK, Outcome.INTERRUPTED);
        assertThat(run.progress().agentsFinished()).isEqualTo(3);
    }

    @Test
    void start_nobodyListens_namesTheTargetBeforeAnyAgentStarts() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        RigConfig config = RigConfig.of(URI.create("http://127.0.0.1:" + free + "/mcp"));
        Plan plan = plan(twoSessions(50), options(1));
        assertThatThrownBy(() -> ReplayRig.start(plan, config, exchanges, log, System::nanoTime))
                .isInstanceOfSatisfying(
                        RigException.class, e -> assertThat(e.category()).isEqualTo(RigException.Category.FAILED))
                .hasMessageContainingAll("--target http://127.0.0.1:" + free + "/mcp", "start the server");
        assertThat(log.steps()).isEmpty();
    }

    @Test
    void start_httpsTarget_isAUsageError() {
        RigConfig config = RigConfig.of(URI.create("https://example.org/mcp"));
        Plan plan = plan(twoSessions(50), options(1));
        assertThatThrownBy(() -> ReplayRig.start(plan, config, exchanges, log, System::nanoTime))
                .isInstanceOfSatisfying(
                        RigException.class, e -> assertThat(e.category()).isEqualTo(RigException.Category.INPUT))
                .hasMessageContainingAll("--target", "https");
    }

    @Test
    void await_lostSteps_areInvalid() throws Exception {
        log.losing(3);
        RunResult result = start(plan(twoSessions(50), options(1))).await();
        assertThat(result.isValid()).isFalse();
        assertThat(result.invalid()).anySatisfy(reason -> assertThat(reason).contains("3 step records"));
    }

    @Test
    void await_loopHeldUp_isInvalidForTheStallAndTheLateness() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        log.onStep(step -> {
            if (step.step() == 2 && once.compareAndSet(false, true)) {
                long until = System.nanoTime() + millis(400);
                while (System.nanoTime() < until) {
                    LockSupport.parkNanos(until - System.nanoTime());
                }
            }
        });
        RigConfig config = RigConfig.of(server.url()).withLoops(1);
        RunResult result = start(plan(twoSessions(50), options(2)), config).await();
        assertThat(result.longestStallNanos()).isGreaterThan(millis(300));
        assertThat(result.lateness().max()).isGreaterThan(millis(100));
        assertThat(result.invalid()).anySatisfy(reason -> assertThat(reason).contains("stood still"));
        assertThat(result.invalid()).anySatisfy(reason -> assertThat(reason).contains("sent late"));
    }

    @Test
    void await_recorderFails_isInvalidAndStillEnds() throws Exception {
        log.onStep(step -> {
            if (step.step() == 3 && step.agent() == 0) {
                throw new IllegalStateException("the recorder broke");
            }
        });
        RunResult result = start(plan(twoSessions(50), options(1))).await();
        assertThat(result.invalid()).anySatisfy(reason -> assertThat(reason).contains("the recorder broke"));
        assertThat(result.agentsStarted()).isEqualTo(2);
    }

    @Test
    void await_targetGoesAway_isAFindingAndNoInvalidity() throws Exception {
        server.tool("a", call -> call.reply.reset());
        RunResult result = start(plan(twoSessions(50), options(2))).await();
        assertThat(result.outcomes()).containsEntry(Outcome.RESET, 4L);
        assertThat(result.invalid()).noneSatisfy(reason -> assertThat(reason).doesNotContain("late", "stood still"));
    }

    private Run start(Plan plan) {
        return start(plan, RigConfig.of(server.url()));
    }

    /** Without a rehearsal: the tests ask for no valid run. */
    private Run start(Plan plan, RigConfig config) {
        return ReplayRig.start(plan, config, exchanges, log, System::nanoTime, new Backstage(new Fixed(), 0));
    }

    /** Two sessions of a handshake and two calls with this think time between, and a DELETE. */
    private static CaptureScript twoSessions(double thinkMillis) {
        CaptureScript recording = new CaptureScript();
        for (String name : List.of("ann", "bob")) {
            recording
                    .agent(name)
                    .initialize()
                    .think(20)
                    .call("a")
                    .json(10)
                    .think(thinkMillis)
                    .call("b")
                    .json(10)
                    .think(10)
                    .delete();
        }
        return recording;
    }

    private static PlanOptions options(int copies) {
        return PlanOptions.ofCopies(copies).withTools(ToolPolicy.ALL);
    }

    private static Plan plan(CaptureScript recording, PlanOptions options) {
        return Planner.plan(CollectedSessions.of(recording).sessions(), options);
    }

    private static boolean onePerStep(List<StepRecord> steps) {
        Set<String> keys = new HashSet<>();
        steps.forEach(step -> keys.add(step.agent() + "/" + step.step()));
        return keys.size() == steps.size();
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** A machine that is always a quarter busy. */
    private record Fixed() implements Machine {
        @Override
        public long processCpuNanos() {
            return 0;
        }

        @Override
        public double machineBusy() {
            return 0.25;
        }

        @Override
        public long gcNanos() {
            return 0;
        }
    }
}
