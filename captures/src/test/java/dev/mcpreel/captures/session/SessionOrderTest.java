package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionOrderTest {
    private final CaptureScript script = new CaptureScript();

    @Test
    void requests_ofABatch_standAsTheyStoodInIt() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        String batch = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> "{\"jsonrpc\":\"2.0\",\"id\":" + (10 + i)
                        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"t" + i + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        String answers = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> i % 2 == 0
                        ? "{\"id\":" + (10 + i) + ",\"result\":{}}"
                        : "{\"id\":" + (10 + i) + ",\"error\":{\"code\":-32602,\"message\":\"no\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        agent.post(batch)
                .head(1010, 200, "Content-Type", "application/json")
                .answer(1010, answers)
                .end(1010);

        AgentSession session = CollectedSessions.of(script).session();

        assertThat(session.shape().tools())
                .extracting(ToolRun::tool)
                .containsExactly("t1", "t2", "t3", "t4", "t5", "t6");
        assertThat(session.calls()).extracting(Call::tool).isSorted();
    }

    @Test
    void subscriptionThatStaysOpen_holdsUpNothing() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.request("subscriptions/listen", "{}").background().event(5, "{\"method\":\"notifications/message\"}");
        agent.reconnect();
        for (int i = 0; i < 10; i++) {
            agent.think(500).call("t" + i).json(10);
        }
        List<String> ordered = new ArrayList<>();
        SessionModel model = new SessionModel(SessionOptions.defaults(), new SessionListener() {
            @Override
            public void onOrdered(RequestTrace request) {
                ordered.add(request.isCall() ? request.tool() : request.method());
            }
        });
        script.feed(model);
        assertThat(ordered).contains("initialize", "t0", "t8");
    }

    @Test
    void agentsOnTheirOwnConnections_withACommonWord_stayApart() {
        ScriptedAgent ann = script.agent("ann")
                .withoutSessionId()
                .client("10.0.0.1", "node")
                .initialize();
        ann.clock(1000).call("help").json(10, "{\"text\":\"use sha256 with python3\"}");
        ScriptedAgent bob = script.agent("bob")
                .withoutSessionId()
                .client("10.0.0.1", "node")
                .startingAt(1500)
                .initialize();
        bob.clock(2000).call("search", "{\"q\":\"python3 docs\"}").json(10);
        bob.clock(3000).call("search", "{\"q\":\"more\"}").json(10);

        List<AgentSession> sessions = CollectedSessions.of(script).sessions();

        assertThat(sessions).extracting(session -> session.shape().calls()).containsExactly(1L, 2L);
    }
}
