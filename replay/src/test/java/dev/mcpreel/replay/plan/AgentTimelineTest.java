package dev.mcpreel.replay.plan;

import static dev.mcpreel.replay.plan.Recorded.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AgentTimelineTest {
    /** Milliseconds after arrival, by step name; what is left out in brackets. */
    private final Map<String, Long> due = new LinkedHashMap<>();

    private final Map<String, Long> lag = new LinkedHashMap<>();
    private Script script;

    @Test
    void due_onIdenticalTarget_isPlanned() {
        AgentTimeline timeline = start(Recorded.workedExample(), 2);
        assertThat(due).containsExactly(entry("A", 0L));

        done(timeline, "A", 100);
        assertThat(due).containsEntry("B", 300L).containsEntry("C", 300L);

        done(timeline, "B", 400);
        assertThat(due).doesNotContainKey("D");

        done(timeline, "C", 1300);
        assertThat(due).containsEntry("D", 1400L);
        assertThat(lag).containsOnly(entry("A", 0L), entry("B", 0L), entry("C", 0L), entry("D", 0L));
        assertThat(timeline.isFinished()).isFalse();

        done(timeline, "D", 1500);
        assertThat(timeline.isFinished()).isTrue();
    }

    @Test
    void due_whenAIsFaster_isEarlierAndLagNegative() {
        AgentTimeline timeline = start(Recorded.workedExample(), 2);
        done(timeline, "A", 10);
        done(timeline, "B", 310);
        done(timeline, "C", 1210);

        assertThat(due).containsEntry("B", 210L).containsEntry("C", 210L).containsEntry("D", 1310L);
        assertThat(lag).containsEntry("B", -90L).containsEntry("C", -90L).containsEntry("D", -90L);
    }

    @Test
    void due_whenAIsSlower_isLaterByTheSame() {
        AgentTimeline timeline = start(Recorded.workedExample(), 2);
        done(timeline, "A", 300);
        done(timeline, "B", 600);
        done(timeline, "C", 1500);

        assertThat(due).containsEntry("B", 500L).containsEntry("C", 500L).containsEntry("D", 1600L);
        assertThat(lag).containsEntry("B", 200L).containsEntry("C", 200L).containsEntry("D", 200L);
    }

    @Test
    void due_whenCTimesOut_followsTheMomentItWasGivenUp() {
        AgentTimeline timeline = start(Recorded.workedExample(), 2);
        done(timeline, "A", 100);
        done(timeline, "B", 400);
        done(timeline, "C", 300 + 5_000);

        assertThat(due).containsEntry("D", 5_400L);
        assertThat(lag).containsEntry("D", 4_000L);
    }

    @Test
    void due_whenBIsSlowerThanC_followsB() {
        AgentTimeline timeline = start(Recorded.workedExample(), 2);
        done(timeline, "A", 100);
        done(timeline, "C", 1300);
        assertThat(due).doesNotContainKey("D");

        done(timeline, "B", 2_000);
        assertThat(due).containsEntry("D", 2_100L);
    }

    @Test
    void leftOut_losesNoThinkTimeAndTakesNoService() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann").withoutSessionId();
        agent.call("read").json(100);
        agent.think(400).call("write").json(3_000);
        agent.think(200).call("read_again").json(100);
        Plan plan = Recorded.plan(capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("read,read_again")));

        AgentTimeline timeline = start(plan);
        done(timeline, "read", 100);

        assertThat(due).containsExactly(entry("read", 0L), entry("(write)", 500L), entry("read_again", 700L));
        assertThat(lag).containsEntry("read_again", 0L);
        done(timeline, "read_again", 800);
        assertThat(timeline.isFinished()).isTrue();
    }

    @Test
    void leftOut_inALongRow_isToldWithoutRecursion() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann").withoutSessionId();
        agent.call("read").json(1);
        for (int i = 0; i < 20_000; i++) {
            agent.call("write").json(1);
        }
        agent.call("last").json(1);
        AgentTimeline timeline =
                start(Recorded.plan(capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.parse("read,last"))));

        done(timeline, "read", 1);

        assertThat(due).containsEntry("last", 1L);
    }

    @Test
    void planned_countsTheAgentsOwnAnsweringAsItsOwn() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann");
        agent.initialize();
        agent.call("ask").serverRequest(100, "7", "sampling/createMessage", 400).sse(600);
        agent.call("next").json(10);
        Plan plan = Recorded.plan(
                capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL).withSpeed(2));
        Pace pace = plan.paces().get(0);
        Step ask = Recorded.step(pace.script().steps(), "ask");
        Step next = Recorded.step(pace.script().steps(), "next");

        assertThat(ask.serviceNanos()).isBetween(195 * MS, 205 * MS);
        assertThat(pace.plannedNanos(next.index()) - pace.plannedNanos(ask.index()))
                .isBetween(395 * MS, 405 * MS);
    }

    @Test
    void stream_isNotWaitedFor() {
        CaptureScript capture = new CaptureScript();
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.stream().end(10_000);
        agent.think(10).call("read").json(10);

        AgentTimeline timeline = start(Recorded.playAll(capture));
        done(timeline, "initialize", 5);
        done(timeline, "notifications/initialized", 7);
        assertThat(due).containsKeys("GET", "read");

        done(timeline, "read", 30);
        assertThat(timeline.isFinished()).isTrue();
    }

    @Test
    void done_beforeDueOrTwice_isRefused() {
        AgentTimeline timeline = start(Recorded.workedExample(), 1);

        assertThatThrownBy(() -> done(timeline, "B", 1)).isInstanceOf(IllegalStateException.class);
        done(timeline, "A", 1);
        assertThatThrownBy(() -> done(timeline, "A", 2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void done_toldFromWithinTheSink_isHeard() {
        Plan plan = Recorded.playAll(Recorded.workedExample());
        script = plan.scripts().get(0);
        AgentTimeline[] self = new AgentTimeline[1];
        self[0] = new AgentTimeline(plan.paces().get(0), new AgentTimeline.Sink() {
            @Override
            public void due(int step, long dueNanos, long plannedNanos) {
                due.put(script.steps().get(step).name(), dueNanos / MS);
                self[0].done(step, dueNanos);
            }

            @Override
            public void leftOut(int step, long dueNanos, long plannedNanos) {}
        });
        self[0].start(0);

        assertThat(due).containsOnly(entry("A", 0L), entry("B", 400L), entry("C", 400L), entry("D", 600L));
        assertThat(self[0].isFinished()).isTrue();
    }

    private AgentTimeline start(CaptureScript capture, double speed) {
        return start(Recorded.plan(
                capture, PlanOptions.ofCopies(1).withTools(ToolPolicy.ALL).withSpeed(speed)));
    }

    private AgentTimeline start(Plan plan) {
        script = plan.scripts().get(0);
        AgentTimeline timeline = new AgentTimeline(plan.paces().get(0), new AgentTimeline.Sink() {
            @Override
            public void due(int step, long dueNanos, long plannedNanos) {
                put(script.steps().get(step).name(), dueNanos, plannedNanos);
            }

            @Override
            public void leftOut(int step, long dueNanos, long plannedNanos) {
                put("(" + script.steps().get(step).name() + ")", dueNanos, plannedNanos);
            }

            private void put(String name, long dueNanos, long plannedNanos) {
                due.put(name, (dueNanos - ARRIVAL) / MS);
                lag.put(name, (dueNanos - plannedNanos) / MS);
            }
        });
        timeline.start(ARRIVAL);
        return timeline;
    }

    private static final long ARRIVAL = 77_000 * MS;

    private void done(AgentTimeline timeline, String name, long millis) {
        timeline.done(Recorded.step(script.steps(), name).index(), ARRIVAL + millis * MS);
    }
}
