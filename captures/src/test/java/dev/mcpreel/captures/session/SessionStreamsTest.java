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
import dev.mcpreel.captures.testkit.ScriptedCall;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SessionStreamsTest {
    private final CaptureScript script = new CaptureScript();
    private final ScriptedAgent agent = script.agent("ann").initialize().clock(1000);

    @Test
    void accept_serverRequestOnAResponseStream_countsTheClientsOwnTime() {
        agent.call("t").serverRequest(100, "0", "sampling/createMessage", 300).sse(600);
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.durationNanos()).isEqualTo(nanos(600));
        assertThat(call.answeringNanos()).isEqualTo(nanos(300));
        assertThat(call.serviceNanos()).isEqualTo(nanos(300));
    }

    @Test
    void accept_overlappingServerRequests_countOnce() {
        agent.call("t")
                .serverRequest(100, "\"a\"", "sampling/createMessage", 300)
                .serverRequest(200, "\"b\"", "elicitation/create", 300)
                .serverRequest(250, "\"c\"", "roots/list", 10)
                .serverRequest(700, "\"d\"", "ping", 50)
                .sse(1000);
        assertThat(CollectedSessions.of(script).call().answeringNanos()).isEqualTo(nanos(400 + 50));
    }

    @Test
    void accept_serverRequestWithTheClientsOwnId_isAnotherSpace() {
        ScriptedCall call = agent.nextId(3).call("t");
        call.serverRequest(100, "3", "roots/list", 20).sse(200);
        RequestTrace trace = CollectedSessions.of(script).call();
        assertThat(trace.outcome()).isEqualTo(Outcome.OK);
        assertThat(trace.doneNanos()).isEqualTo(at(1200));
        assertThat(trace.answeringNanos()).isEqualTo(nanos(20));
    }

    @Test
    void accept_serverRequestNobodyAnswered_countsNothing() {
        agent.call("t").serverRequest(100, "0", "ping").sse(200);
        assertThat(CollectedSessions.of(script).call().answeringNanos()).isZero();
    }

    @Test
    void accept_answerLaterThanTheCall_countsUpToItsEnd() {
        agent.call("t").serverRequest(100, "0", "elicitation/create", 900).sse(400);
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.answeringNanos()).isEqualTo(nanos(300));
    }

    @Test
    void accept_serverRequestOnTheStandaloneStream_isNotAttributed() {
        agent.stream().event(1200, "{\"id\":5,\"method\":\"roots/list\"}").end(3000, EndCause.CLOSED, EndedBy.CLIENT);
        agent.reconnect().call("t").background().sse(600);
        agent.reconnect().clock(1400).answer("5", "{}");
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.call().answeringNanos()).isZero();
        assertThat(heard.requests()).hasSize(2);
        assertThat(heard.session().exchanges()).hasSize(5);
    }

    @Test
    void accept_answerOnAResumedStream_isJoinedOnce() {
        ScriptedCall call = agent.call("t").primed(5, "e1").progress(50);
        call.cut(100);
        String answer = call.response("\"result\":{\"isError\":true}");
        agent.reconnect().clock(2000);
        agent.resume("e1").event(2500, "e2", answer).end(9000, EndCause.CLOSED, EndedBy.CLIENT);
        agent.reconnect().clock(3000).resume("e1").event(3100, "e2", answer).end(3200);

        CollectedSessions heard = CollectedSessions.of(script);

        assertThat(heard.call().outcome()).isEqualTo(Outcome.TOOL_ERROR);
        assertThat(heard.call().doneNanos()).isEqualTo(at(2500));
        assertThat(heard.call().firstEventNanos()).isEqualTo(at(1050));
        assertThat(heard.call().exchangeId()).isEqualTo(call.exchange().id());
    }

    @Test
    void accept_brokenStreamNobodyResumed_isCut() {
        agent.call("t").primed(5, "e1").cut(100);
        agent.clock(400_000).ping();
        CollectedSessions heard = new CollectedSessions();
        script.feed(new SessionModel(SessionOptions.defaults(), heard));
        assertThat(heard.call().outcome()).isEqualTo(Outcome.STREAM_CUT);
        assertThat(heard.call().doneNanos()).isEqualTo(at(1100));
    }

    @Test
    void accept_resumedStreamStillOpen_isWaitedFor() {
        ScriptedCall call = agent.call("t").primed(5, "e1");
        call.endedUnanswered(100);
        agent.reconnect().clock(2000);
        ScriptedExchange resumed = agent.resume("e1");
        agent.reconnect().clock(300_000).ping();
        resumed.event(301_000, "e2", call.response("\"result\":{}")).end(301_001);
        assertThat(CollectedSessions.of(script).call().doneNanos()).isEqualTo(at(301_000));
    }

    @Test
    void accept_responseOnAStreamThatResumesNothing_isNotJoined() {
        ScriptedCall call = agent.call("t").primed(5, "e1");
        call.cut(100);
        agent.reconnect().clock(2000).stream()
                .event(2500, call.response("\"result\":{}"))
                .end(3000);
        assertThat(CollectedSessions.of(script).call().outcome()).isEqualTo(Outcome.STREAM_CUT);
    }

    @Test
    void accept_streamRefused_isNoRequestAndNoError() {
        agent.streamRefused().call("t").json(5);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.requests()).extracting(RequestTrace::outcome).containsOnly(Outcome.OK);
        assertThat(heard.session().exchanges())
                .filteredOn(exchange -> exchange.kind() == ExchangeKind.STREAM)
                .singleElement()
                .satisfies(stream -> assertThat(stream.status()).isEqualTo(405));
    }
}
