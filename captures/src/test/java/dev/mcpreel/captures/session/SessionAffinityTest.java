package dev.mcpreel.captures.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What joins requests where no session id does, and what tells agents apart where one does. */
@Timeout(10)
class SessionAffinityTest {
    private final CaptureScript script = new CaptureScript();

    @Test
    void accept_handleOfAnotherSession_leadsThere() {
        ScriptedAgent ann = agent("ann").initialize();
        ScriptedAgent bob = agent("bob").startingAt(20).initialize();
        ann.clock(100).call("open").json(5, text("basket-77a"));
        bob.clock(200).call("other").json(5, text("nothing"));
        ann.clock(300)
                .reconnect()
                .nextId(90)
                .call("add", "{\"to\":\"basket-77a\"}")
                .json(5);
        assertThat(tools()).containsExactly(List.of("open", "add"), List.of("other"));
    }

    @Test
    void accept_wordEverybodyUses_isNoHandle() {
        ScriptedAgent ann = agent("ann").initialize();
        agent("eve")
                .startingAt(10)
                .nextId(1)
                .call("early", "{\"sku\":\"sku-4711\"}")
                .json(5);
        ann.clock(100).call("find").json(5, text("sku-4711"));
        ScriptedAgent bob = agent("bob").startingAt(200).initialize();
        bob.call("look", "{\"sku\":\"sku-4711\"}").json(5);
        assertThat(tools()).contains(List.of("look"));
    }

    @Test
    void accept_connectionOfItsOwn_winsOverAHandleOfAnotherHost() {
        ScriptedAgent ann = agent("ann").client("10.0.0.1", "node").initialize();
        ScriptedAgent bob =
                agent("bob").client("10.0.0.2", "node").startingAt(20).initialize();
        ann.clock(100).call("find").json(5, text("order-99b"));
        bob.clock(200).call("look", "{\"order\":\"order-99b\"}").json(5);
        assertThat(tools()).containsExactly(List.of("find"), List.of("look"));
    }

    @Test
    void accept_anotherTokenOnTheConnection_isAnotherAgentUnlessItsIdsGoOn() {
        ScriptedAgent ann = agent("ann").token("one").initialize();
        ann.call("a").json(5);
        ScriptedAgent bob = agent("bob")
                .token("two")
                .sharingConnectionOf(ann)
                .startingAt(100)
                .nextId(40);
        bob.call("b").json(5);
        ann.clock(200).token("renewed").call("a2").json(5);
        assertThat(tools()).containsExactly(List.of("a", "a2"), List.of("b"));
    }

    @Test
    void accept_sameIdAlways_isAPooledSession() {
        ScriptedAgent gateway = script.agent("gateway").initialize();
        for (int i = 0; i < 6; i++) {
            gateway.nextId(1).call("t").json(5);
        }
        assertThat(CollectedSessions.of(script).session().key())
                .isEqualTo(new SessionKey(KeyKind.POOLED_SESSION, "session-gateway"));
    }

    @Test
    void accept_tracesGoneOnWithInOneSession_becomeAgents() {
        ScriptedAgent gateway = script.agent("gateway").initialize();
        for (int i = 0; i < 10; i++) {
            traced(gateway, 'a');
            traced(gateway, 'b');
        }
        List<AgentSession> sessions = CollectedSessions.of(script).sessions();
        assertThat(sessions).extracting(each -> each.key().kind()).contains(KeyKind.TRACE, KeyKind.TRACE);
        assertThat(sessions).hasSize(3);
        assertThat(sessions.stream().filter(each -> each.key().kind() == KeyKind.TRACE))
                .allMatch(each ->
                        each.shape().calls() >= 7 && each.shape().toolCounts().size() == 1);
    }

    @Test
    void accept_firstRequestAfterAGap_keepsItsPlaceInTheOrder() {
        ScriptedAgent ann = agent("ann").initialize();
        double back = 40 * 60_000;
        ann.clock(back).call("slow").background().sse(5_000);
        ann.clock(back + 100).reconnect().call("quick").json(10);
        ann.clock(back + 300).reconnect().call("quick").json(10);
        AgentSession session = CollectedSessions.of(script).sessions().get(1);
        assertThat(session.shape().parallelism()).isEqualTo(2);
        assertThat(session.shape().idleGaps().count()).isZero();
        assertThat(session.shape().tools()).containsExactly(new ToolRun("slow", 1), new ToolRun("quick", 2));
    }

    @Test
    void accept_shortCallsThatLieOverOneAnother_areToldInOrderOfStart() {
        ScriptedAgent ann = agent("ann").initialize();
        ann.clock(100).call("first").background().coalesced().json(90);
        ann.clock(110).reconnect().call("second").coalesced().json(20);
        AgentSession session = CollectedSessions.of(script).session();
        assertThat(session.shape().idleGaps()).isEqualTo(Spread.of(CaptureScript.nanos(95)));
        assertThat(session.shape().tools()).containsExactly(new ToolRun("first", 1), new ToolRun("second", 1));
    }

    private ScriptedAgent agent(String name) {
        return script.agent(name).withoutSessionId().client("10.0.0.1", "node");
    }

    private static String text(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
    }

    private static void traced(ScriptedAgent agent, char trace) {
        String traceparent = "00-" + String.valueOf(trace).repeat(32) + "-00f067aa0ba902b7-01";
        agent.think(50)
                .request(
                        "tools/call",
                        "{\"name\":\"t" + trace + "\",\"_meta\":{\"traceparent\":\"" + traceparent + "\"}}")
                .json(5);
    }

    private List<List<String>> tools() {
        return CollectedSessions.of(script).sessions().stream()
                .map(session -> session.calls().stream().map(Call::tool).toList())
                .toList();
    }
}
