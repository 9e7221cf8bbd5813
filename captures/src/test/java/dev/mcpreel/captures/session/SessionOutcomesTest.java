package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(10)
class SessionOutcomesTest {
    private final CaptureScript script = new CaptureScript();

    static Stream<Arguments> endings() {
        return Stream.of(
                ending(call -> call.json(50), Outcome.OK, 200, 1050),
                ending(call -> call.sse(50), Outcome.OK, 200, 1050),
                ending(call -> call.toolError(50), Outcome.TOOL_ERROR, 200, 1050),
                ending(call -> call.rpcError(50, -32602, "no"), Outcome.RPC_ERROR, -32602, 1050),
                ending(call -> call.http(50, 500, "oops"), Outcome.HTTP_ERROR, 500, 1050),
                ending(call -> call.http(50, 504, ""), Outcome.GATEWAY_TIMEOUT, 504, 1050),
                ending(call -> call.http(50, 404, "not found"), Outcome.SESSION_LOST, 404, 1050),
                ending(call -> call.http(50, 400, "Invalid session"), Outcome.SESSION_LOST, 400, 1050),
                ending(call -> call.http(50, 202, ""), Outcome.INVALID, 202, 1050),
                ending(call -> call.body(50, 200, "<html>"), Outcome.INVALID, 200, 1050),
                ending(call -> call.progress(20).cut(50), Outcome.STREAM_CUT, 200, 1050),
                ending(call -> call.progress(20).endedUnanswered(50), Outcome.STREAM_CUT, 200, 1050),
                ending(call -> call.reset(50), Outcome.RESET, 0, 1050),
                ending(call -> call.refused(50), Outcome.CONNECT_FAILED, 502, 1050),
                ending(call -> call.giveUp(50), Outcome.DEADLINE, 0, 1050),
                ending(call -> call.ended(50, EndCause.TIMED_OUT, EndedBy.CLIENT), Outcome.DEADLINE, 0, 1050),
                ending(call -> call.ended(50, EndCause.SHUTDOWN, EndedBy.RECORDER), Outcome.INTERRUPTED, 0, 1050),
                ending(call -> call.progress(20).neverEnded(50), Outcome.INTERRUPTED, 200, 1020));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void accept_callEndedSomehow_hasItsOutcome(
            Consumer<ScriptedCall> ending, Outcome outcome, int code, double doneMillis) {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ending.accept(agent.call("t"));
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.outcome()).isEqualTo(outcome);
        assertThat(call.code()).isEqualTo(code);
        assertThat(call.doneNanos()).isEqualTo(at(doneMillis));
    }

    @Test
    void accept_cancelWhileUnanswered_isCancelledAtTheCancel() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall slow = agent.call("slow").background();
        agent.reconnect().clock(1500).cancel(slow);
        slow.progress(100).endedUnanswered(2000);
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(call.doneNanos()).isEqualTo(at(1500));
    }

    @Test
    void accept_cancelShownAfterTheClientClosed_isCancelled() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall slow = agent.call("slow").background();
        slow.progress(10).giveUp(500);
        agent.reconnect().clock(1500).cancel(slow);
        agent.think(100).call("next").json(10);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.calls()).extracting(RequestTrace::outcome).containsExactly(Outcome.CANCELLED, Outcome.OK);
    }

    @Test
    void accept_answerAfterTheCancel_isNotLookedAt() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall slow = agent.call("slow").background();
        agent.reconnect().clock(1500).cancel(slow);
        slow.json(2000);
        RequestTrace call = CollectedSessions.of(script).call();
        assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(call.doneNanos()).isEqualTo(at(1500));
        assertThat(call.answer()).isNotNull();
    }

    @Test
    void accept_cancelAcknowledgedAfterTheAnswer_countsFromWhenItWasSent() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall slow = agent.call("slow").background();
        slow.json(100);
        agent.reconnect()
                .clock(1050)
                .post("{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + slow.idJson() + "}}")
                .head(1150, 202)
                .end(1150);
        assertThat(CollectedSessions.of(script).call().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void accept_cancelOfAnEarlierRequestWithTheSameId_leavesTheLaterOneAlone() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall first = agent.nextId(1).call("first").background();
        first.json(10);
        agent.clock(1500).cancel(first);
        agent.clock(2000).nextId(1).call("second").progress(5).endedUnanswered(50);
        assertThat(CollectedSessions.of(script).calls())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.STREAM_CUT);
    }

    @Test
    void accept_clientGaveUpAndTimePassed_isToldBeforeTheEnd() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.call("t").giveUp(50);
        agent.clock(8000).ping();
        CollectedSessions heard = new CollectedSessions();
        script.feed(new SessionModel(SessionOptions.defaults(), heard));
        assertThat(heard.requests())
                .extracting(RequestTrace::method)
                .containsExactly("initialize", "tools/call", "ping");
    }

    @Test
    void accept_bodyTheCaptureDidNotKeep_isNoFailureOfTheServer() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        agent.call("a")
                .exchange()
                .head(1010, 200)
                .answer(1015, 1020, Bytes.EMPTY, BodyState.TOO_LARGE)
                .end(1020);
        agent.clock(2000)
                .call("b")
                .progress(5)
                .exchange()
                .unkeptEvent(2020, BodyState.LOST_IN_PART)
                .end(2030);
        agent.clock(3000)
                .call("c")
                .exchange()
                .head(3010, 500)
                .answer(3015, 3020, Bytes.EMPTY, BodyState.OMITTED)
                .end(3020);
        CollectedSessions heard = CollectedSessions.of(script);
        assertThat(heard.calls())
                .extracting(RequestTrace::outcome)
                .containsExactly(Outcome.OK, Outcome.OK, Outcome.HTTP_ERROR);
        assertThat(heard.calls()).extracting(RequestTrace::doneNanos).containsExactly(at(1020), at(2020), at(3020));
        assertThat(heard.calls()).allMatch(call -> call.answer() == null);
    }

    @Test
    void accept_eventWithoutBlankLineAtTheEnd_isNoAnswerThatCanBeRead() {
        ScriptedAgent agent = script.agent("ann").initialize().clock(1000);
        ScriptedCall call = agent.call("t").progress(5);
        call.exchange().tail(1010, "data: " + call.response("\"result\":{}")).end(1011);
        assertThat(CollectedSessions.of(script).call().outcome()).isEqualTo(Outcome.INVALID);
    }

    private static Arguments ending(Consumer<ScriptedCall> ending, Outcome outcome, int code, double doneMillis) {
        return Arguments.of(ending, outcome, code, doneMillis);
    }
}
