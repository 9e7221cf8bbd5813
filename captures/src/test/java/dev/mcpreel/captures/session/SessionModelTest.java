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
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionModelTest {
    private final CaptureScript script = new CaptureScript();

    @Test
    void accept_wholeSession_tellsItAsItWas() {
        ScriptedAgent agent = script.agent("ann").startingAt(10).initialize();
        agent.stream().end(5000, EndCause.CLOSED, EndedBy.CLIENT);
        agent.listTools().think(400).call("search_orders", "{\"q\":1}").json(100);
        agent.think(900).call("monthly_report").progress(50).sse(200);
        agent.think(10).delete();

        CollectedSessions heard = CollectedSessions.of(script);

        AgentSession session = heard.session();
        assertThat(session.id()).isEqualTo("s1");
        assertThat(session.key()).isEqualTo(new SessionKey(KeyKind.SESSION_ID, "session-ann"));
        assertThat(session.transportSessionId()).isEqualTo("session-ann");
        assertThat(session.client()).isEqualTo("ann 1.0");
        assertThat(session.revision()).isEqualTo("2025-11-25");
        assertThat(session.startNanos()).isEqualTo(at(10));
        assertThat(session.endNanos()).as("the stream's end does not count").isEqualTo(at(agent.now()));
        assertThat(session.exchanges())
                .extracting(SessionExchange::kind)
                .containsExactly(
                        ExchangeKind.MESSAGES,
                        ExchangeKind.MESSAGES,
                        ExchangeKind.STREAM,
                        ExchangeKind.MESSAGES,
                        ExchangeKind.MESSAGES,
                        ExchangeKind.MESSAGES,
                        ExchangeKind.DELETE);
        assertThat(session.requests())
                .extracting(RequestTrace::method)
                .containsExactly("initialize", "tools/list", "tools/call", "tools/call");
        assertThat(session.calls()).extracting(Call::tool).containsExactly("search_orders", "monthly_report");
        assertThat(heard.requests()).containsExactlyElementsOf(session.requests());
        assertThat(heard.requests()).allMatch(request -> request.sessionId().equals("s1"));
        assertThat(heard.exchanges()).hasSize(7);
    }

    @Test
    void accept_jsonAnswer_isTimedByItsBody() {
        ScriptedAgent agent = script.agent("bob").startingAt(100);
        agent.initialize().clock(1000).call("t").json(100);

        RequestTrace call = CollectedSessions.of(script).call();

        assertThat(call.startNanos()).isEqualTo(at(1000));
        assertThat(call.requestEndNanos()).isEqualTo(at(1000.1));
        assertThat(call.headNanos()).isEqualTo(at(1100));
        assertThat(call.firstEventNanos()).isEqualTo(at(1100));
        assertThat(call.doneNanos()).isEqualTo(at(1100));
        assertThat(call.durationNanos()).isEqualTo(nanos(100));
        assertThat(call.serviceNanos()).isEqualTo(nanos(100));
        assertThat(call.instance()).isEqualTo("http://127.0.0.1:3001");
        assertThat(call.requestBytes()).isPositive();
        assertThat(call.responseBytes()).isPositive();
    }

    @Test
    void accept_eventStreamAnswer_isDoneAtItsBlankLineNotAtTheEndOfTheStream() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        var call = agent.call("t").keepAlive(5).primed(10, "e1").progress(50).background();
        call.event(120, call.response("\"result\":{}")).progress(300).endedUnanswered(4000);

        RequestTrace trace = CollectedSessions.of(script).call();

        assertThat(trace.outcome()).isEqualTo(Outcome.OK);
        assertThat(trace.headNanos()).isEqualTo(at(1005));
        assertThat(trace.firstEventNanos())
                .as("comments and priming do not count")
                .isEqualTo(at(1050));
        assertThat(trace.doneNanos()).isEqualTo(at(1120));
    }

    @Test
    void accept_batch_isPairedByTypedId() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.post("[{\"id\":7,\"method\":\"tools/list\"},{\"id\":\"7\",\"method\":\"prompts/list\"},"
                        + "{\"id\":8,\"method\":\"ping\"},{\"method\":\"notifications/x\"}]")
                .head(1010, 200, "Content-Type", "application/json")
                .answer(1020, "[{\"id\":\"7\",\"result\":{\"is\":\"text\"}},{\"id\":7,\"result\":{\"is\":\"number\"}}]")
                .end(1020);

        CollectedSessions heard = CollectedSessions.of(script);

        assertThat(heard.requests().stream().skip(1))
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.OK, Outcome.INVALID);
        assertThat(is(heard.requests().get(1))).isEqualTo("number");
        assertThat(is(heard.requests().get(2))).isEqualTo("text");
    }

    @Test
    void accept_batchOnAStream_timesEachAnswerByItsEvent() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.post("[{\"id\":1,\"method\":\"ping\"},{\"id\":2,\"method\":\"ping\"}]")
                .head(1010, 200, "Content-Type", "text/event-stream")
                .event(1030, "{\"result\":{},\"id\":2}")
                .event(1050, "{\"result\":{},\"id\":1}")
                .end(1060);
        assertThat(CollectedSessions.of(script).requests().stream().skip(1))
                .extracting(RequestTrace::doneNanos)
                .containsExactly(at(1050), at(1030));
    }

    @Test
    void accept_batchCutAfterItsFirstAnswer_isCutOnlyForTheOther() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.post("[{\"id\":1,\"method\":\"ping\"},{\"id\":2,\"method\":\"ping\"}]")
                .head(1010, 200, "Content-Type", "text/event-stream")
                .event(1030, "{\"result\":{},\"id\":2}")
                .end(1060);
        assertThat(CollectedSessions.of(script).requests().stream().skip(1))
                .extracting(RequestTrace::outcome)
                .containsExactlyInAnyOrder(Outcome.STREAM_CUT, Outcome.OK);
    }

    @Test
    void accept_sameIdInFlightTwice_isPairedByExchange() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.nextId(1).call("slow").background().json(500, "{\"n\":1}");
        agent.reconnect().think(10).nextId(1).call("fast").json(20, "{\"n\":2}");

        CollectedSessions heard = CollectedSessions.of(script);

        assertThat(heard.calls()).extracting(RequestTrace::tool).containsExactly("slow", "fast");
        assertThat(heard.calls()).extracting(RequestTrace::durationNanos).containsExactly(nanos(500), nanos(20));
        assertThat(heard.session().calls()).extracting(Call::tool).containsExactly("slow", "fast");
    }

    @Test
    void accept_errorWithIdNull_answersTheOnlyRequest() {
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.call("t").body(5, 200, "{\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.outcome()).isEqualTo(Outcome.RPC_ERROR);
        assertThat(call.code()).isEqualTo(-32700);
    }

    @Test
    void accept_answerWithForeignId_isInvalid() {
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.call("t").body(5, 200, "{\"id\":\"server-error\",\"result\":{}}");
        assertThat(CollectedSessions.of(script).call().outcome()).isEqualTo(Outcome.INVALID);
    }

    @Test
    void accept_nothingKept_tellsWholeRequestsAndKeepsTheShape() {
        ScriptedAgent agent = script.agent("ann").initialize();
        agent.call("t", "{\"secret\":\"in\"}").json(5, "{\"secret\":\"out\"}");
        agent.call("t").rpcError(5, -32602, "no such tool");

        CollectedSessions heard = CollectedSessions.of(script, SessionOptions.defaults());

        assertThat(heard.calls().get(0).request().node().toString()).contains("secret");
        assertThat(heard.session().exchanges()).isEmpty();
        assertThat(heard.session().requests()).isEmpty();
        assertThat(heard.session().calls()).isEmpty();
        assertThat(heard.session().shape().tools()).containsExactly(new ToolRun("t", 2));
        assertThat(heard.session().shape().outcomes()).isEqualTo(Map.of(Outcome.OK, 1L, Outcome.RPC_ERROR, 1L));
        assertThat(heard.exchanges()).allMatch(exchange -> exchange.messages().isEmpty());
    }

    @Test
    void accept_keptExchanges_holdTheMessagesOfBothDirectionsInOrderOfTime() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.call("t").progress(10).sse(20);
        SessionExchange exchange =
                CollectedSessions.of(script).session().exchanges().get(2);
        assertThat(exchange.messages())
                .extracting(timed -> timed.message().getClass().getSimpleName())
                .containsExactly("Request", "Notification", "Response");
        assertThat(exchange.messages())
                .extracting(TimedMessage::atNanos)
                .containsExactly(at(1000.1), at(1010), at(1020));
        assertThat(exchange.firstEventNanos()).isEqualTo(at(1010));
    }

    @Test
    void accept_sameEventsTwice_tellsTheSame() {
        for (int i = 0; i < 5; i++) {
            ScriptedAgent agent = script.agent("a" + i).withoutSessionId().client("10.0.0.1", "node");
            agent.startingAt(i * 3).initialize().think(50).call("t").json(400);
            agent.reconnect().think(7).call("u").cut(30);
        }
        CollectedSessions first = CollectedSessions.of(script);
        CollectedSessions second = CollectedSessions.of(script);
        assertThat(second.sessions()).isEqualTo(first.sessions());
        assertThat(second.requests()).isEqualTo(first.requests());
    }

    private static String is(RequestTrace trace) {
        JsonRpcMessage.Response answer = trace.answer();
        return answer == null ? "" : answer.result().path("is").stringValue();
    }
}
