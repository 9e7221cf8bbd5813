package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static dev.mcpreel.captures.testkit.CaptureScript.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionCutTest {
    private static final double MINUTE = 60_000;
    private final CaptureScript script = new CaptureScript();
    private final ScriptedAgent agent = script.agent("ann").initialize();

    @Test
    void accept_idleForLongerThanTheGap_cutsTheAgentSession() {
        agent.clock(1000).call("a").json(100);
        agent.think(30 * MINUTE + 1).call("b").json(100);

        List<AgentSession> sessions = CollectedSessions.of(script).sessions();

        assertThat(sessions).extracting(AgentSession::id).containsExactly("s1", "s2");
        assertThat(sessions).extracting(session -> session.key().value()).containsOnly("session-ann");
        assertThat(sessions).extracting(AgentSession::client).containsOnly("ann 1.0");
        assertThat(sessions.get(0).endNanos()).isEqualTo(at(1100));
        assertThat(sessions.get(1).requests()).extracting(RequestTrace::tool).containsExactly("b");
        assertThat(sessions.get(1).requests())
                .extracting(RequestTrace::sessionId)
                .containsExactly("s2");
    }

    @Test
    void accept_idleForJustTheGap_cutsNothing() {
        agent.clock(1000).call("a").json(100);
        agent.think(30 * MINUTE).call("b").json(100);
        assertThat(CollectedSessions.of(script).sessions()).hasSize(1);
    }

    @Test
    void accept_sessionTheServerLostMeanwhile_isGoneOnWithByTheNext() {
        agent.clock(1000).call("a").json(100);
        agent.think(31 * MINUTE).call("b").http(5, 404, "Not Found");
        script.agent("ann")
                .givenSession("another")
                .startingAt(31 * MINUTE + 2000)
                .initialize()
                .call("b")
                .json(100);

        List<AgentSession> sessions = CollectedSessions.of(script).sessions();

        assertThat(sessions)
                .extracting(
                        session -> session.calls().stream().map(Call::outcome).toList())
                .containsExactly(List.of(Outcome.OK), List.of(Outcome.SESSION_LOST, Outcome.OK));
        assertThat(sessions.get(1).key().kind()).isEqualTo(KeyKind.CHAIN);
    }

    @Test
    void accept_lossToldInAnAnswer_isKnownBeforeTheNextSessionBegins() {
        agent.clock(1000)
                .call("a")
                .body(
                        5,
                        404,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}");
        script.agent("ann")
                .givenSession("another")
                .startingAt(1007)
                .initialize()
                .call("a")
                .json(100);

        assertThat(CollectedSessions.of(script).session().calls())
                .extracting(Call::outcome)
                .containsExactly(Outcome.SESSION_LOST, Outcome.OK);
    }

    @Test
    void accept_ownGap_isObeyed() {
        agent.clock(1000).call("a").json(100);
        agent.think(50).call("b").json(100);
        CollectedSessions heard =
                CollectedSessions.of(script, SessionOptions.defaults().withSessionGap(nanos(40)));
        assertThat(heard.sessions())
                .extracting(session -> session.shape().calls())
                .containsExactly(0L, 1L, 1L);
    }

    @Test
    void accept_callInFlightForLongerThanTheGap_cutsNothing() {
        agent.clock(1000).call("long").background().progress(100).sse(50 * MINUTE);
        agent.reconnect().clock(1500).call("a").json(10);
        agent.clock(40 * MINUTE).call("b").json(10);
        agent.clock(52 * MINUTE).call("c").json(10);
        assertThat(CollectedSessions.of(script).sessions()).hasSize(1);
    }

    @Test
    void accept_standaloneStreamOpen_isNoReasonToStayAndEndsWithItsSession() {
        ScriptedExchange stream = agent.stream();
        agent.clock(1000).call("a").json(100);
        agent.think(40 * MINUTE).call("b").json(100);
        stream.event(50 * MINUTE, "{\"method\":\"notifications/tools/list_changed\"}")
                .end(51 * MINUTE, EndCause.CLOSED, EndedBy.CLIENT);

        List<AgentSession> sessions = CollectedSessions.of(script).sessions();

        assertThat(sessions).extracting(AgentSession::id).containsExactly("s1", "s2");
        assertThat(sessions.get(0).exchanges())
                .extracting(SessionExchange::kind)
                .containsExactly(
                        ExchangeKind.MESSAGES, ExchangeKind.MESSAGES, ExchangeKind.STREAM, ExchangeKind.MESSAGES);
        assertThat(sessions.get(1).exchanges()).hasSize(1);
    }

    @Test
    void accept_answersToServerPings_keepNoSessionAlive() {
        agent.clock(1000).call("a").json(100);
        ScriptedExchange stream = agent.stream();
        for (int minute = 1; minute < 45; minute++) {
            stream.event(minute * MINUTE, "{\"id\":" + minute + ",\"method\":\"ping\"}");
            agent.reconnect().clock(minute * MINUTE + 1).answer(Integer.toString(minute), "{}");
        }
        agent.clock(45 * MINUTE).call("b").json(100);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.sessions())
                .extracting(session -> session.calls().size())
                .containsExactly(1, 1);
    }

    @Test
    void accept_captureTimePassesTheGap_tellsOfTheSessionBeforeTheEnd() {
        agent.clock(1000).call("a").json(100);
        script.agent("bob").startingAt(31 * MINUTE).initialize();
        CollectedSessions heard = new CollectedSessions();
        script.feed(new SessionModel(SessionOptions.defaults(), heard));
        assertThat(heard.session().key().value()).isEqualTo("session-ann");
    }

    @Test
    void accept_deleteAccepted_tellsOfTheSessionSoonAfter() {
        agent.clock(1000).call("a").json(100);
        agent.call("b").json(100).delete();
        script.agent("bob").startingAt(10_000).initialize();
        CollectedSessions heard = new CollectedSessions();
        script.feed(new SessionModel(SessionOptions.defaults().keepingExchanges(), heard));
        assertThat(heard.session().exchanges())
                .last()
                .satisfies(exchange -> assertThat(exchange.kind()).isEqualTo(ExchangeKind.DELETE));
    }

    @Test
    void finish_openExchanges_endUnknownAtTheLastThingSeen() {
        agent.clock(1000).call("a").progress(200).neverEnded(200);
        CollectedSessions heard = CollectedSessions.of(script);
        SessionExchange open = heard.exchanges().get(2);
        assertThat(open.end().cause()).isEqualTo(EndCause.UNKNOWN);
        assertThat(open.end().endedBy()).isEqualTo(EndedBy.UNKNOWN);
        assertThat(open.end().atNanos()).isEqualTo(at(1200));
        assertThat(open.end().requestEndNanos()).isEqualTo(at(1000.1));
        assertThat(open.end().requestBytes()).isPositive();
        assertThat(heard.call().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void finish_answerCameButNoEnd_isAnswered() {
        var call = agent.clock(1000).call("a");
        call.event(200, call.response("\"result\":{}")).neverEnded(200);
        assertThat(CollectedSessions.of(script).call().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void accept_eventsOfAnExchangeWhoseHeadWasLost_areLeftOut() {
        agent.clock(1000).call("a").json(100);
        CollectedSessions heard = new CollectedSessions();
        SessionModel model = new SessionModel(SessionOptions.defaults().keepingExchanges(), heard);
        script.events().stream().skip(1).forEach(model);
        model.finish();
        assertThat(heard.exchanges()).hasSize(2);
        assertThat(heard.session().requests()).extracting(RequestTrace::method).containsExactly("tools/call");
    }
}
