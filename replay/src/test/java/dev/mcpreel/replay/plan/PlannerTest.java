package dev.mcpreel.replay.plan;

import static dev.mcpreel.replay.plan.Recorded.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PlannerTest {
    private static final long SECOND = 1_000 * MS;
    private static final String TOOLS = "{\"tools\":[{\"name\":\"read\",\"annotations\":{\"readOnlyHint\":true}},"
            + "{\"name\":\"write\"},{\"name\":\"wipe\",\"annotations\":{\"readOnlyHint\":true,\"destructiveHint\":true}}]}";

    @Test
    void copies_ofTwoSessions_arriveAsRecordedAndShifted() {
        Plan plan = plan(PlanOptions.ofCopies(3).withSpeed(2));

        assertThat(plan.agents()).extracting(AgentStart::agent).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(plan.agents()).extracting(AgentStart::script).containsExactly(0, 1, 0, 1, 0, 1);
        assertThat(plan.agents()).extracting(AgentStart::copy).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(plan.agents().get(0).arrivalNanos()).isZero();
        assertThat(plan.agents().get(1).arrivalNanos()).isEqualTo(1_500 * MS);
        // The mean think time before a call is 1 s, at speed 2 half of it.
        assertThat(plan.agents().get(2).arrivalNanos()).isBetween(1L, 500 * MS);
        assertThat(plan.agents().get(4).arrivalNanos())
                .isBetween(1L, 500 * MS)
                .isNotEqualTo(plan.agents().get(2).arrivalNanos());
    }

    @Test
    void copies_inAnySplit_areTheSameAgents() {
        List<AgentStart> few = plan(PlanOptions.ofCopies(4).withSeed(9)).agents();
        List<AgentStart> many = plan(PlanOptions.ofCopies(10).withSeed(9)).agents();

        assertThat(many.subList(0, few.size())).isEqualTo(few);
    }

    @Test
    void duration_inAnySplit_givesTheSameAgents() {
        Plan few = plan(PlanOptions.ofAgents(5, 20 * SECOND).withSeed(3));
        Plan many = plan(PlanOptions.ofAgents(50, 20 * SECOND).withSeed(3));

        assertThat(many.agents().subList(0, 5)).isEqualTo(few.agents());
        for (int agent = 0; agent < 5; agent++) {
            assertThat(few.scriptFor(agent, 0))
                    .isEqualTo(few.agents().get(agent).script());
            for (int iteration = 0; iteration < 20; iteration++) {
                assertThat(few.scriptFor(agent, iteration)).isEqualTo(many.scriptFor(agent, iteration));
            }
        }
    }

    @Test
    void duration_choosesEverySessionAndSpreadsArrivals() {
        Plan plan = plan(PlanOptions.ofAgents(200, 20 * SECOND));
        long first = IntStream.range(0, 2_000)
                .filter(i -> plan.scriptFor(i % 200, i / 200) == 0)
                .count();

        assertThat(first).isBetween(850L, 1_150L);
        assertThat(plan.agents()).allMatch(start -> start.arrivalNanos() >= 0 && start.arrivalNanos() < SECOND);
        Set<Long> arrivals = new TreeSet<>();
        plan.agents().forEach(start -> arrivals.add(start.arrivalNanos()));
        assertThat(arrivals).hasSizeGreaterThan(195);
    }

    @Test
    void scriptFor_byCopies_isTheAgentsOwn() {
        Plan plan = plan(PlanOptions.ofCopies(2));

        assertThat(plan.scriptFor(1, 0)).isEqualTo(1);
        assertThat(plan.scriptFor(3, 7)).isEqualTo(1);
    }

    @Test
    void summary_ofCopies_countsExactly() {
        PlanSummary summary = plan(PlanOptions.ofCopies(10)).summary();

        assertThat(summary.recordedSessions()).isEqualTo(2);
        assertThat(summary.recordedRequests()).isEqualTo(8);
        assertThat(summary.recordedCalls()).isEqualTo(4);
        assertThat(summary.agents()).isEqualTo(20);
        assertThat(summary.iterations()).isEqualTo(20);
        // Of each session: initialize, initialized, tools/list and the call that reads.
        assertThat(summary.steps()).isEqualTo(80);
        assertThat(summary.calls()).isEqualTo(20);
        assertThat(summary.skippedSteps()).isEqualTo(20);
        assertThat(summary.durationNanos()).isBetween(4_060 * MS, 5_060 * MS);
        assertThat(summary.peakStepsPerSecond()).isBetween(30d, 40d);
        assertThat(summary.medianThinkNanos()).isZero();
    }

    @Test
    void summary_ofSpeed_dividesThinkingAndNotService() {
        assertThat(plan(PlanOptions.ofCopies(1)).summary().durationNanos())
                .isEqualTo(3_000 * MS + 10 * MS + 1_000 * MS + 50 * MS);
        assertThat(plan(PlanOptions.ofCopies(1).withSpeed(10)).summary().durationNanos())
                .isEqualTo(300 * MS + 10 * MS + 100 * MS + 50 * MS);
    }

    @Test
    void summary_ofDuration_foretellsRateAndSteps() {
        PlanSummary summary = plan(PlanOptions.ofAgents(3_000, 100 * SECOND)).summary();

        // A session takes 1060 ms, at the end of which the next one begins, and has 4 steps.
        assertThat(summary.durationNanos()).isEqualTo(100 * SECOND);
        assertThat(summary.iterations()).isBetween(279_000L, 284_000L);
        assertThat(summary.steps()).isBetween(1_110_000L, 1_136_000L);
        assertThat(summary.peakStepsPerSecond()).isBetween(10_000d, 14_000d);
    }

    @Test
    void skipped_namesReasonAndTheFlagThatPlaysIt() {
        assertThat(plan(PlanOptions.ofCopies(1)).summary().skipped())
                .containsExactly(
                        new Skipped("wipe", SkipReason.DESTRUCTIVE, 1, "--tools safe,wipe"),
                        new Skipped("write", SkipReason.NOT_READ_ONLY, 1, "--tools safe,write"));
        assertThat(plan(PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("write")))
                        .summary()
                        .skipped())
                .containsExactly(
                        new Skipped("read", SkipReason.NOT_NAMED, 2, "--tools read,write"),
                        new Skipped("wipe", SkipReason.NOT_NAMED, 1, "--tools wipe,write"));
        assertThat(plan(PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("safe, wipe,write")))
                        .summary()
                        .skipped())
                .isEmpty();
    }

    @Test
    void skipped_stepsThatNeedAValueOfSkippedOnes_areLeftOutToo() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.request("tools/list", "{}")
                .json(
                        3,
                        "{\"tools\":[{\"name\":\"get\",\"annotations\":{\"readOnlyHint\":true}},{\"name\":\"create\"}]}");
        agent.call("create").json(10, "{\"structuredContent\":{\"ticket_id\":\"tck-1a2b3c4d\"}}");
        agent.call("get", "{\"ticket_id\":\"tck-1a2b3c4d\"}")
                .json(10, "{\"structuredContent\":{\"basket\":{\"id\":\"bsk-99f0\"}}}");
        agent.call("get", "{\"basket_id\":\"bsk-99f0\"}").json(10);
        agent.call("get", "{\"q\":\"printer\"}").json(10);
        Plan plan = Recorded.plan(capture, PlanOptions.ofCopies(1));

        assertThat(plan.summary().skipped())
                .containsExactly(
                        new Skipped("get", SkipReason.UNBOUND, 2, "--tools safe,create"),
                        new Skipped("create", SkipReason.NOT_READ_ONLY, 1, "--tools safe,create"));
        assertThat(plan.scripts().get(0).steps()).noneMatch(Step::issues);

        Plan all = Recorded.plan(capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("safe,create")));
        assertThat(all.summary().skipped()).isEmpty();
        assertThat(all.summary().bindings()).isEqualTo(2);
        assertThat(all.scripts().get(0).steps())
                .extracting(Step::issues)
                .containsExactly(false, false, false, true, true, false, false);
    }

    @Test
    void skipped_unknownMethod_isNamed() {
        CaptureScript capture = new CaptureScript();
        capture.agent("ann").initialize().request("acme/launch", "{}").json(1);

        assertThat(Recorded.plan(capture, PlanOptions.ofCopies(1)).summary().skipped())
                .containsExactly(new Skipped("acme/launch", SkipReason.UNKNOWN_METHOD, 1, "--tools safe,acme/launch"));
        assertThat(Recorded.playAll(capture).summary().skipped()).isEmpty();
    }

    @Test
    void hints_ofAnotherSession_countWhereASessionNeverListed() {
        CaptureScript capture = new CaptureScript();
        capture.agent("ann").initialize().request("tools/list", "{}").json(3, TOOLS);
        capture.agent("bob").initialize().call("read").json(1);

        assertThat(Recorded.plan(capture, PlanOptions.ofCopies(1)).summary().skipped())
                .isEmpty();
    }

    @Test
    void refuses_byTheTargetsOwnList_whatTheRecordingAllowed() {
        Script script = plan(PlanOptions.ofCopies(1)).scripts().get(0);
        Step read = Recorded.step(script.steps(), "read");
        ToolHints same = script.hints();

        assertThat(script.refuses(read, ToolPolicy.SAFE, same)).isNull();
        assertThat(script.refuses(read, ToolPolicy.SAFE, ToolHints.NONE)).isEqualTo(SkipReason.NOT_READ_ONLY);
        assertThat(script.refuses(read, ToolPolicy.parse("read"), ToolHints.NONE))
                .isNull();
        assertThat(script.refuses(Recorded.step(script.steps(), "tools/list"), ToolPolicy.SAFE, ToolHints.NONE))
                .isNull();
    }

    @Test
    void plan_withEveryCallLeftOut_saysHowToPlayThem() {
        CaptureScript capture = new CaptureScript();
        capture.agent("ann").initialize().call("write").json(1);

        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Recorded.plan(capture, PlanOptions.ofCopies(1)))
                .withMessage("--tools safe leaves out every call of the capture (write: not declared read-only); "
                        + "play them with --tools safe,write or --tools all");
    }

    @Test
    void plan_withToolTheCaptureNeverCalls_saysWhatItHas() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> plan(PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("safe,wrte"))))
                .withMessage("--tools names 'wrte', which the capture never calls; it has read, wipe, write");
    }

    @Test
    void plan_ofNothing_isRefused() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Planner.plan(List.of(), PlanOptions.ofCopies(1)))
                .withMessageContaining("no agent session");
        CaptureScript capture = new CaptureScript();
        capture.exchange(0).request("GET", "/health").head(1, 200).end(1);
        assertThatExceptionOfType(PlanException.class).isThrownBy(() -> Recorded.playAll(capture));
    }

    @Test
    void plan_ofMoreAgentsThanFit_isRefused() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> plan(PlanOptions.ofCopies(600_000)))
                .withMessage("--copies 600000 of 2 sessions are 1200000 agents; the most is 1000000");
    }

    /** Two sessions 3 s apart. Each shakes hands, lists, reads after 1 s, and writes after another second. */
    static CaptureScript twoSessions() {
        CaptureScript capture = new CaptureScript();
        session(capture.agent("ann"), "write");
        session(capture.agent("bob").startingAt(3_000), "wipe");
        return capture;
    }

    private static void session(ScriptedAgent agent, String last) {
        agent.initialize().request("tools/list", "{}").json(3, TOOLS);
        agent.think(1_000).call("read").json(50);
        agent.think(1_000).call(last).json(40);
    }

    private static Plan plan(PlanOptions options) {
        return Recorded.plan(twoSessions(), options);
    }
}
