package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionShapeTest {
    private final CaptureScript script = new CaptureScript();
    private final ScriptedAgent agent = script.agent("ann").midSession();

    @Test
    void of_noRequests_isEmpty() {
        SessionShape shape = SessionShape.of(List.of(), SessionShape.DEFAULT_BURST_NANOS);
        assertThat(shape.calls()).isZero();
        assertThat(shape.bursts()).isZero();
        assertThat(shape.longestIdleGapNanos()).isZero();
        assertThat(shape.thinkTimes()).isEqualTo(Spread.of());
        assertThat(shape.parallelism()).isZero();
    }

    @Test
    void of_sequence_countsBurstsGapsAndThinkTimes() {
        agent.call("search").json(100);
        agent.think(400).call("search").json(100);
        agent.think(1000).call("create").json(100);
        agent.think(1001).call("search").json(100);

        SessionShape shape = shape();

        assertThat(shape.calls()).isEqualTo(4);
        assertThat(shape.tools())
                .containsExactly(new ToolRun("search", 2), new ToolRun("create", 1), new ToolRun("search", 1));
        assertThat(shape.toolCounts().toString()).isEqualTo("{search=3, create=1}");
        assertThat(shape.bursts()).isEqualTo(2);
        assertThat(shape.largestBurst()).isEqualTo(3);
        assertThat(shape.longestIdleGapNanos()).isEqualTo(nanos(1001));
        assertThat(shape.thinkTimes()).isEqualTo(Spread.of(nanos(400), nanos(1000), nanos(1001)));
        assertThat(shape.thinkNanos()).isEqualTo(nanos(2401));
        assertThat(shape.errors()).isZero();
        assertThat(shape.parallelism()).isEqualTo(1);
    }

    @Test
    void of_parallelCalls_thinkOnceAndWaitForTheSlowest() {
        agent.call("a").json(100);
        agent.think(400).call("b").background().json(100);
        agent.reconnect().think(5).call("c").json(1000);
        agent.think(200).call("d").json(100);

        SessionShape shape = shape();

        assertThat(shape.thinkTimes()).isEqualTo(Spread.of(nanos(400), nanos(200)));
        assertThat(shape.longestIdleGapNanos()).isEqualTo(nanos(400));
        assertThat(shape.parallelism()).isEqualTo(2);
        assertThat(shape.bursts()).isEqualTo(1);
    }

    @Test
    void of_nextCallBeforeAnEarlierAnswer_didNotWaitForIt() {
        agent.call("slow").background().json(5000);
        agent.reconnect().think(10).call("fast").json(100);
        agent.think(300).call("next").json(100);
        SessionShape shape = shape();
        assertThat(shape.thinkTimes()).isEqualTo(Spread.of(nanos(300)));
        assertThat(shape.longestIdleGapNanos()).isZero();
        assertThat(shape.parallelism()).isEqualTo(2);
    }

    @Test
    void of_callsEndToStart_areNotParallelAndThinkNothing() {
        agent.call("a").json(100);
        agent.call("b").json(100);
        SessionShape shape = shape();
        assertThat(shape.parallelism()).isEqualTo(1);
        assertThat(shape.thinkTimes()).isEqualTo(Spread.of(0L));
    }

    @Test
    void of_otherRequestsBetween_joinBurstsAndPingsDoNot() {
        agent.call("a").json(100);
        agent.think(800).listTools().think(800).call("b").json(100);
        agent.think(800).ping().think(800).call("c").json(100);
        SessionShape shape = shape();
        assertThat(shape.bursts()).isEqualTo(2);
        assertThat(shape.longestIdleGapNanos()).isEqualTo(nanos(1601));
        assertThat(shape.calls()).isEqualTo(3);
    }

    @Test
    void of_failures_countLessNegotiation() {
        ScriptedAgent bob = script.agent("bob");
        bob.request("server/discover", "{}").http(2, 400, "Server not initialized");
        bob.initializeRequest().http(2, 401, "");
        bob.initialize();
        bob.call("a").http(2, 401, "").call("a").json(5);
        bob.call("b").http(2, 401, "");
        bob.call("c").toolError(5).call("c").rpcError(5, -32602, "no").call("c").json(5);
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.requests()).hasSize(9);
        assertThat(session.shape().errors()).isEqualTo(2);
    }

    @Test
    void of_initializeThatNeverWorked_isAnError() {
        script.agent("bob").initializeRequest().http(2, 401, "");
        assertThat(shape().errors()).isEqualTo(1);
    }

    private SessionShape shape() {
        return CollectedSessions.of(script).session().shape();
    }
}
