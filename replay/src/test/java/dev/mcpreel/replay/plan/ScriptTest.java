package dev.mcpreel.replay.plan;

import static dev.mcpreel.replay.plan.Recorded.MS;
import static dev.mcpreel.replay.plan.Recorded.after;
import static dev.mcpreel.replay.plan.Recorded.step;
import static dev.mcpreel.replay.plan.Recorded.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ScriptTest {
    private final CaptureScript capture = new CaptureScript();

    @Test
    void steps_ofAWholeSession_followTheHandshake() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.stream().end(900);
        agent.think(100).call("read").json(50);
        agent.think(30).delete();
        Script script = Recorded.playAll(capture).scripts().get(0);
        List<Step> steps = script.steps();

        assertThat(steps)
                .extracting(Step::kind)
                .containsExactly(
                        StepKind.REQUEST, StepKind.NOTIFICATION, StepKind.STREAM, StepKind.REQUEST, StepKind.DELETE);
        assertThat(after(steps, "initialize")).isEmpty();
        assertThat(after(steps, "notifications/initialized")).containsExactly("initialize");
        assertThat(after(steps, "GET")).containsExactly("notifications/initialized");
        assertThat(after(steps, "read")).containsExactly("notifications/initialized");
        assertThat(after(steps, "DELETE")).containsExactly("read");
        assertThat(step(steps, "read").thinkNanos()).isEqualTo(100 * MS);
        assertThat(step(steps, "read").serviceNanos()).isEqualTo(50 * MS);
        assertThat(step(steps, "DELETE").thinkNanos()).isEqualTo(30 * MS);
        assertThat(script.hasHandshake()).isTrue();
        assertThat(script.holdsStream()).isTrue();
        assertThat(script.stateful()).isTrue();
    }

    @Test
    void firstSteps_thinkFromTheStartOfTheSession() {
        ScriptedAgent agent = capture.agent("ann").withoutSessionId().startingAt(500);
        agent.call("A").background().json(300);
        agent.think(40).call("B").json(10);

        List<Step> steps = steps(capture);
        assertThat(after(steps, "B")).isEmpty();
        assertThat(step(steps, "A").thinkNanos()).isZero();
        assertThat(step(steps, "B").thinkNanos()).isEqualTo(40 * MS);
    }

    @Test
    void after_overlappingCalls_isNoConstraint() {
        List<Step> steps = steps(Recorded.workedExample());

        assertThat(after(steps, "B")).containsExactly("A");
        assertThat(after(steps, "C")).containsExactly("A");
        assertThat(after(steps, "D")).containsExactly("B", "C");
        assertThat(step(steps, "D").thinkNanos()).isEqualTo(200 * MS);
    }

    @Test
    void after_whatAnotherPredecessorImplies_isLeftAway() {
        ScriptedAgent agent = capture.agent("ann").withoutSessionId();
        agent.call("slow").background().json(1_000);
        agent.call("A").json(100);
        agent.think(50).call("B").json(100);
        agent.clock(2_000).call("last").json(1);

        assertThat(after(steps(capture), "last")).containsExactly("slow", "B");
    }

    @Test
    void after_ofRandomSessions_impliesExactlyWhatTheAgentHad() {
        long seed = 20_261_121;
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            CaptureScript wild = new CaptureScript();
            ScriptedAgent agent = wild.agent("ann").withoutSessionId();
            int[] start = new int[30];
            int[] done = new int[30];
            for (int i = 0; i < start.length; i++) {
                start[i] = i == 0 ? 0 : start[i - 1] + 1 + random.nextInt(20);
                done[i] = start[i] + 1 + random.nextInt(80);
                agent.clock(start[i]).call("t" + i).background().json(done[i] - start[i]);
            }
            List<Step> steps = steps(wild);
            for (int i = 0; i < start.length; i++) {
                Set<Integer> had = new TreeSet<>();
                for (int before = 0; before < i; before++) {
                    if (done[before] <= start[i]) {
                        had.add(before);
                    }
                }
                assertThat(ancestors(steps, i))
                        .as("seed %d, round %d, step %d", seed, round, i)
                        .isEqualTo(had);
                for (int before : steps.get(i).after()) {
                    assertThat(steps.get(i).after().stream().filter(other -> other != before))
                            .as("seed %d, round %d, step %d", seed, round, i)
                            .noneMatch(other -> ancestors(steps, other).contains(before));
                }
            }
        }
    }

    @Test
    void cancelledCall_countsAsDoneWhenTheAgentGaveUp() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.clock(100);
        ScriptedCall slow = agent.call("slow");
        slow.background().giveUp(5_050);
        agent.clock(5_100 - 60).cancel(slow);
        agent.clock(6_000).call("next").json(10);
        List<Step> steps = steps(capture);

        assertThat(steps).extracting(Step::name).doesNotContain("notifications/cancelled");
        assertThat(after(steps, "next")).containsExactly("slow");
        assertThat(step(steps, "slow").serviceNanos()).isBetween(4_930 * MS, 4_950 * MS);
        assertThat(step(steps, "next").thinkNanos()).isBetween(950 * MS, 970 * MS);
    }

    @Test
    void callTheAgentClosed_countsAsDoneThen() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.clock(100).call("slow").giveUp(3_000);
        agent.think(500).call("next").json(10);
        List<Step> steps = steps(capture);

        assertThat(after(steps, "next")).containsExactly("slow");
        assertThat(step(steps, "slow").serviceNanos()).isEqualTo(3_000 * MS);
        assertThat(step(steps, "next").thinkNanos()).isEqualTo(500 * MS);
    }

    @Test
    void callNeverAnswered_precedesNothing() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.clock(100).call("lost").background().neverEnded(0);
        agent.think(500).call("next").json(10);

        assertThat(after(steps(capture), "next")).containsExactly("notifications/initialized");
    }

    @Test
    void batch_becomesAStepPerMessage() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.clock(100)
                .post("[{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"ping\"},"
                        + "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"read\"}}]")
                .head(120, 200, "Content-Type", "application/json")
                .answer(
                        120,
                        "[{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{}},{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}]")
                .end(120);
        agent.clock(200).call("next").json(10);
        List<Step> steps = steps(capture);

        assertThat(after(steps, "read")).containsExactly("notifications/initialized");
        assertThat(after(steps, "next")).containsExactly("ping", "read");
    }

    @Test
    void doingsOfTheTransport_areNoSteps() {
        ScriptedAgent agent = capture.agent("ann");
        agent.initializeRequest().http(3, 401, "");
        agent.initialize();
        agent.stream().end(60);
        agent.clock(61).stream().end(90);
        agent.clock(91).resume("e7").end(95);
        agent.clock(100).notify("notifications/progress", "{\"progressToken\":1,\"progress\":1}");
        agent.exchange().request("GET", "/.well-known/oauth-protected-resource").end(110);

        assertThat(steps(capture))
                .extracting(Step::name)
                .containsExactly("initialize", "notifications/initialized", "GET");
    }

    @Test
    void answersToTheServer_areKeptWithTheirTimes() {
        ScriptedAgent agent = capture.agent("ann").initialize();
        agent.clock(100)
                .call("ask")
                .serverRequest(20, "\"q1\"", "elicitation/create", 300)
                .serverRequest(25, "\"p1\"", "ping", 1)
                .sse(400);
        agent.call("next").json(1);
        Script script = Recorded.playAll(capture).scripts().get(0);

        assertThat(script.steps())
                .extracting(Step::name)
                .containsExactly("initialize", "notifications/initialized", "ask", "next");
        assertThat(script.answers()).hasSize(1);
        ServerAnswer answer = script.answersTo("elicitation/create").get(0);
        assertThat(answer.error()).isFalse();
        assertThat(answer.body()).hasToString("{}");
        assertThat(answer.answeringNanos()).isEqualTo(300 * MS);
        assertThat(script.steps().get(answer.during()).name()).isEqualTo("ask");
    }

    private static Set<Integer> ancestors(List<Step> steps, int step) {
        Set<Integer> all = new TreeSet<>();
        for (int before : steps.get(step).after()) {
            all.add(before);
            all.addAll(ancestors(steps, before));
        }
        return all;
    }
}
