package dev.mcpreel.captures.session;

import static dev.mcpreel.captures.testkit.CaptureScript.at;
import static dev.mcpreel.captures.testkit.CaptureScript.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of several legs. */
@Timeout(10)
class CallLegsTest {
    private static final String BOOK = "{\"name\":\"book\",\"arguments\":{\"to\":\"Rome\"}}";
    private static final String WORKING = "{\"task\":{\"taskId\":\"t-1\",\"status\":\"working\"}}";

    private final CaptureScript script = new CaptureScript();
    private final ScriptedAgent agent = script.agent("ann").initialize();

    @Test
    void accept_requestStateEchoed_isOneCall() {
        double start = agent.now();
        request(BOOK).json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-1\"}");
        agent.think(100);
        request(with("\"requestState\":\"s-1\",\"inputResponses\":{}")).json(20);
        Call call = call();
        assertThat(call.kind()).isEqualTo(CallKind.INPUT_REQUIRED);
        assertThat(call.legs()).hasSize(2);
        assertThat(call.startNanos()).isEqualTo(at(start));
        assertThat(call.durationNanos()).isEqualTo(nanos(130));
        assertThat(call.answeringNanos()).isEqualTo(nanos(100));
        assertThat(call.outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void accept_otherArgumentsWithoutState_isAnotherCall() {
        request(BOOK).json(10, "{\"resultType\":\"input_required\"}");
        agent.request("tools/call", "{\"name\":\"book\",\"arguments\":{\"to\":\"Oslo\"},\"inputResponses\":{}}")
                .json(10);
        request(with("\"inputResponses\":{}")).json(10);
        List<Call> calls = session().calls();
        assertThat(calls).extracting(each -> each.legs().size()).containsExactly(2, 1);
    }

    @Test
    void accept_sameAskedTwice_isToldApartByItsState() {
        request(BOOK).json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-1\"}");
        request(BOOK).json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-2\"}");
        request(with("\"requestState\":\"s-2\",\"inputResponses\":{}")).toolError(10);
        request(with("\"requestState\":\"s-1\",\"inputResponses\":{}")).json(10);
        request(with("\"requestState\":\"s-9\",\"inputResponses\":{}")).json(10);
        assertThat(session().calls())
                .extracting(Call::outcome)
                .containsExactly(Outcome.OK, Outcome.TOOL_ERROR, Outcome.OK);
    }

    @Test
    void accept_legLostAndSentAgain_isOneCall() {
        request(BOOK).json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-1\"}");
        request(with("\"requestState\":\"s-1\",\"inputResponses\":{}")).reset(10);
        agent.reconnect().think(50);
        request(with("\"requestState\":\"s-1\",\"inputResponses\":{}")).json(10);
        assertThat(call().legs()).hasSize(3);
        assertThat(call().outcome()).isEqualTo(Outcome.OK);
        assertThat(call().answeringNanos()).isZero();
    }

    @Test
    void accept_extensionsTaskCompletesAfterAWishToCancel_isOk() {
        request(BOOK).json(10, "{\"resultType\":\"task\",\"taskId\":\"t-1\",\"status\":\"working\"}");
        agent.request("tasks/cancel", "{\"taskId\":\"t-1\"}").json(5, "{}");
        agent.request("tasks/get", "{\"taskId\":\"t-1\"}")
                .json(5, "{\"taskId\":\"t-1\",\"status\":\"completed\",\"result\":{}}");
        assertThat(call().outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void accept_wishNeverGranted_isCancelled() {
        request(BOOK).json(10, "{\"resultType\":\"input_required\",\"requestState\":\"s-1\"}");
        assertThat(call().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void accept_pollWhoseStreamStaysOpenPastTheResult_isStillALeg() {
        request(BOOK).json(10, WORKING);
        agent.request("tasks/get", "{\"taskId\":\"t-1\"}")
                .background()
                .event(5, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"taskId\":\"t-1\",\"status\":\"completed\"}}")
                .exchange()
                .end(agent.now() + 400);
        agent.think(20).request("tasks/result", "{\"taskId\":\"t-1\"}").json(5);
        Call call = call();
        assertThat(call.legs())
                .extracting(RequestTrace::method)
                .containsExactly("tools/call", "tasks/get", "tasks/result");
        assertThat(call.polls()).isEqualTo(2);
    }

    @Test
    void accept_taskToldOfOnTheStream_isOverWhenToldUnlessItsResultIsFetched() {
        ScriptedExchange stream = agent.stream();
        request(BOOK).json(10, "{\"resultType\":\"task\",\"taskId\":\"t-1\",\"status\":\"working\"}");
        double told = agent.now() + 50;
        stream.event(
                told,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{\"taskId\":\"t-1\",\"status\":\"failed\","
                        + "\"error\":{\"code\":-32000}}}");
        stream.end(told + 1_000);
        Call call = call();
        assertThat(call.doneNanos()).isEqualTo(at(told));
        assertThat(call.outcome()).isEqualTo(Outcome.RPC_ERROR);
        assertThat(call.code()).isEqualTo(-32_000);
    }

    @Test
    void accept_taskCancelled_isCancelled() {
        request(BOOK).json(10, WORKING);
        agent.think(10).request("tasks/cancel", "{\"taskId\":\"t-1\"}").json(5, "{}");
        assertThat(call().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void accept_taskNeverFetched_isInterrupted() {
        request(BOOK).json(10, WORKING);
        agent.request("tasks/get", "{\"taskId\":\"t-1\"}").json(5, "{\"taskId\":\"t-1\",\"status\":\"working\"}");
        assertThat(call().outcome()).isEqualTo(Outcome.INTERRUPTED);
    }

    @Test
    void accept_tasksOfOthers_areNoLegs() {
        request(BOOK).json(10, WORKING);
        agent.request("tasks/get", "{\"taskId\":\"t-2\"}").json(5, "{\"taskId\":\"t-2\",\"status\":\"completed\"}");
        agent.request("tasks/result", "{\"taskId\":\"t-1\"}").json(5);
        assertThat(call().legs()).hasSize(2);
    }

    @Test
    void accept_taskPolledVeryOften_keepsTheFirstLegsAndTheLast() {
        request(BOOK).json(10, WORKING);
        for (int i = 0; i < 100; i++) {
            agent.request("tasks/get", "{\"taskId\":\"t-1\"}").json(5, "{\"taskId\":\"t-1\",\"status\":\"working\"}");
        }
        agent.request("tasks/result", "{\"taskId\":\"t-1\"}").json(5);
        Call call = call();
        assertThat(call.legs()).hasSize(32);
        assertThat(call.last().method()).isEqualTo("tasks/result");
        assertThat(call.polls()).isEqualTo(101);
    }

    private ScriptedCall request(String params) {
        return agent.request("tools/call", params);
    }

    private static String with(String member) {
        return BOOK.substring(0, BOOK.length() - 1) + "," + member + "}";
    }

    private AgentSession session() {
        return CollectedSessions.of(script).session();
    }

    private Call call() {
        assertThat(session().calls()).hasSize(1);
        return session().calls().get(0);
    }
}
