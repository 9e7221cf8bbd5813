package dev.mcpreel.replay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.ToolPolicy;
import dev.mcpreel.replay.testkit.FakeHttp;
import dev.mcpreel.replay.testkit.FakeMcp;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class AgentTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}";

    private final FakeMcp server = new FakeMcp();
    private final CaptureScript recording = new CaptureScript();
    private final ScriptedAgent recorded = recording.agent("ann").nextId(100);
    private OneAgent playing;

    @AfterEach
    void close() throws IOException {
        playing.close();
        server.close();
    }

    @Test
    void start_session_speaksWithItsOwnSessionRevisionAndIds() throws Exception {
        recorded.initialize().think(20).call("a").json(10).think(20).call("b").json(10);
        play();

        FakeHttp.Request first = server.requests("initialize").get(0);
        assertThat(first.header("mcp-session-id")).isEmpty();
        assertThat(first.header("mcp-protocol-version")).isEmpty();
        JsonNode handshake = server.messages("initialize").get(0);
        assertThat(handshake.at("/params/protocolVersion").asString()).isEqualTo("2025-11-25");
        assertThat(handshake.at("/params/clientInfo/name").asString()).isEqualTo("ann");
        assertThat(server.requests("notifications/initialized")).hasSize(1);
        assertThat(server.requests("tools/call")).allSatisfy(request -> {
            assertThat(request.header("mcp-session-id")).isEqualTo("live-1");
            assertThat(request.header("mcp-protocol-version")).isEqualTo("2025-06-18");
        });
        assertThat(server.messages("tools/call"))
                .extracting(message -> message.path("id").intValue())
                .containsExactly(2, 3);
        assertThat(playing.log.steps()).extracting(StepRecord::outcome).containsOnly(Outcome.OK);
        StepRecord call = playing.record("b");
        assertThat(playing.log.name(call.method())).isEqualTo("tools/call");
        assertThat(playing.log.name(call.tool())).isEqualTo("b");
        assertThat(playing.log.name(call.instance())).startsWith("http://127.0.0.1:");
        assertThat(call.code()).isEqualTo(200);
        assertThat(call.bytesOut()).isPositive();
        assertThat(call.bytesIn()).isPositive();
        assertThat(call.dueNanos()).isLessThanOrEqualTo(call.sentNanos());
        assertThat(call.sentNanos()).isLessThan(call.firstEventNanos());
        assertThat(call.firstEventNanos()).isLessThanOrEqualTo(call.doneNanos());
        assertThat(playing.meter.calls()).isEqualTo(2);
        assertThat(playing.meter.iterations()).isEqualTo(1);
    }

    @Test
    void start_stepAfterAnswers_isDueExactlyAThinkTimeAfterTheLastOfThem() throws Exception {
        recorded.withoutSessionId();
        recorded.call("A").json(100);
        recorded.think(400).call("B").background().json(100);
        recorded.call("C").json(1000);
        recorded.think(200).call("D").json(100);
        server.tool("A", call -> call.after(100, () -> call.text("a")))
                .tool("B", call -> call.after(100, () -> call.text("b")))
                .tool("C", call -> call.after(1000, () -> call.text("c")))
                .tool("D", call -> call.after(100, () -> call.text("d")));
        play(OneAgent.options().withSpeed(2));

        StepRecord a = playing.record("A");
        StepRecord b = playing.record("B");
        StepRecord c = playing.record("C");
        StepRecord d = playing.record("D");
        assertThat(b.dueNanos() - a.doneNanos()).isEqualTo(millis(200));
        assertThat(c.dueNanos()).isEqualTo(b.dueNanos());
        assertThat(d.dueNanos() - c.doneNanos()).isEqualTo(millis(100));
        assertThat(b.plannedNanos() - a.plannedNanos()).isEqualTo(millis(300));
        assertThat(d.plannedNanos() - a.plannedNanos()).isEqualTo(millis(1400));
        assertThat(List.of(a, b, c, d)).allSatisfy(step -> {
            assertThat(step.latenessNanos()).isBetween(0L, millis(500));
            assertThat(step.lagNanos()).isBetween(0L, millis(2000));
        });
        assertThat(c.serviceNanos()).isBetween(millis(1000), millis(2000));
    }

    @Test
    void start_callsInParallel_overlap() throws Exception {
        recorded.initialize();
        recorded.call("left").background().json(50);
        recorded.call("right").json(50);
        CountDownLatch both = new CountDownLatch(2);
        FakeMcp.Tool meet = call -> {
            both.countDown();
            call.text(String.valueOf(arrived(both)));
        };
        server.tool("left", meet).tool("right", meet);
        play();
        assertThat(both.getCount()).isZero();
        assertThat(playing.log.steps()).extracting(StepRecord::outcome).containsOnly(Outcome.OK);
    }

    @Test
    void start_boundValue_isTheLiveOne() throws Exception {
        ticketFlow();
        server.tool("create_ticket", call -> call.result(ticket("T-live-9")));
        play();
        JsonNode get = server.messages("tools/call").get(1);
        assertThat(get.at("/params/arguments/id").asString()).isEqualTo("T-live-9");
        assertThat(playing.record("get_ticket").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void start_boundValueNeverCame_skipsTheStepAndSendsNothingRecorded() throws Exception {
        ticketFlow();
        recorded.think(10).call("other").json(5);
        server.tool(
                "create_ticket",
                call -> call.reply.json(200, call.response("\"error\":{\"code\":-32000,\"message\":\"full\"}")));
        play();
        assertThat(playing.record("create_ticket").outcome()).isEqualTo(Outcome.RPC_ERROR);
        assertThat(playing.record("create_ticket").code()).isEqualTo(-32000);
        StepRecord skipped = playing.record("get_ticket");
        assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(skipped.sentNanos()).isZero();
        assertThat(playing.record("other").outcome()).isEqualTo(Outcome.OK);
        assertThat(server.messages("tools/call")).hasSize(2);
        assertThat(playing.meter.sent()).isEqualTo(playing.meter.due()).isEqualTo(4);
    }

    @Test
    void start_progressAsked_getsAFreshToken() throws Exception {
        recorded.initialize()
                .request("tools/call", "{\"name\":\"slow\",\"arguments\":{},\"_meta\":{\"progressToken\":101}}")
                .sse(20);
        play();
        JsonNode call = server.messages("tools/call").get(0);
        assertThat(call.at("/params/_meta/progressToken")).isEqualTo(call.path("id"));
        assertThat(call.path("id").intValue()).isEqualTo(2);
    }

    @Test
    void asked_ping_isAnsweredAtOnce() throws Exception {
        recorded.initialize().call("slow").sse(20);
        CountDownLatch ponged = new CountDownLatch(1);
        server.method("", call -> {
            call.reply.empty(202);
            ponged.countDown();
        });
        server.tool("slow", call -> {
            call.reply.events().event(PING);
            call.reply
                    .event(call.response("\"result\":{\"content\":[],\"ponged\":" + arrived(ponged) + "}"))
                    .lastChunk();
        });
        play();
        JsonNode answer = server.messages("").get(0);
        assertThat(answer.path("id").intValue()).isEqualTo(77);
        assertThat(answer.path("result").isObject()).isTrue();
        assertThat(server.requests("").get(0).header("mcp-session-id")).isEqualTo("live-1");
        assertThat(playing.record("slow").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void asked_sampling_isAnsweredAsRecordedAndTheTimeIsTheAgentsOwn() throws Exception {
        recorded.initialize();
        var call = recorded.call("ask").serverRequest(10, "5", "sampling/createMessage");
        double began = recorded.now();
        recorded.clock(began + 10_010).answer("5", "{\"role\":\"assistant\",\"content\":{\"type\":\"text\"}}");
        recorded.clock(began);
        call.sse(10_030);
        CountDownLatch answered = new CountDownLatch(1);
        server.method("", got -> {
            got.reply.empty(202);
            answered.countDown();
        });
        server.tool("ask", asking -> {
            asking.reply
                    .events()
                    .event("{\"jsonrpc\":\"2.0\",\"id\":\"s-1\",\"method\":\"sampling/createMessage\",\"params\":{}}");
            boolean came = arrived(answered);
            asking.reply
                    .event(asking.response("\"result\":{\"content\":[],\"came\":" + came + "}"))
                    .lastChunk();
        });
        play();
        JsonNode answer = server.messages("").get(0);
        assertThat(answer.path("id").asString()).isEqualTo("s-1");
        assertThat(answer.at("/result/role").asString()).isEqualTo("assistant");
        StepRecord ask = playing.record("ask");
        assertThat(ask.ownNanos()).isBetween(millis(1000), millis(3000));
        assertThat(ask.serviceNanos()).isLessThan(millis(900));
    }

    @Test
    void asked_unknownMethod_isAnsweredAsNotThere() throws Exception {
        recorded.initialize().call("slow").sse(20);
        server.tool("slow", call -> call.reply
                .events()
                .event("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}")
                .event(call.response("\"result\":{\"content\":[]}"))
                .lastChunk());
        play();
        assertThat(server.messages("").get(0).at("/error/code").intValue()).isEqualTo(-32601);
    }

    @Test
    void start_streamRecorded_isHeldToTheEndAndItsPingsAnswered() throws Exception {
        recorded.initialize();
        recorded.stream().end(5000);
        recorded.think(100).call("a").json(10);
        CountDownLatch ponged = new CountDownLatch(1);
        server.method("GET", call -> call.reply.events().event(PING));
        server.method("", call -> {
            call.reply.empty(202);
            ponged.countDown();
        });
        server.tool("a", call -> call.text("ponged " + arrived(ponged)));
        play();
        StepRecord stream = playing.record("GET");
        assertThat(stream.stepKind()).isEqualTo(StepKind.STREAM);
        assertThat(stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(stream.code()).isEqualTo(200);
        assertThat(stream.firstEventNanos()).isPositive();
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.OK);
        assertThat(stream.doneNanos()).isGreaterThan(playing.record("a").doneNanos());
        assertThat(playing.exchangeEnd("GET")).isEqualTo("end CLOSED CLIENT");
        assertThat(server.messages("")).hasSize(1);
        await().until(() -> playing.counters.openConnections() == 0);
    }

    @Test
    void start_streamRefusedWith405_isNoError() throws Exception {
        recorded.initialize();
        recorded.stream().end(5000);
        recorded.think(100).call("a").json(10);
        server.method("GET", call -> call.reply.empty(405));
        play();
        assertThat(playing.record("GET").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.record("GET").code()).isEqualTo(405);
    }

    @Test
    void start_deleteRecorded_isSentLastWithTheLiveSession() throws Exception {
        recorded.initialize().call("a").json(10).think(20).delete();
        play();
        List<FakeHttp.Request> all = server.http().requests();
        FakeHttp.Request last = all.get(all.size() - 1);
        assertThat(last.method()).isEqualTo("DELETE");
        assertThat(last.header("mcp-session-id")).isEqualTo("live-1");
        assertThat(playing.record("DELETE").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void start_deleteRefusedWith405_isNoError() throws Exception {
        recorded.initialize().call("a").json(10).think(20).delete();
        server.method("DELETE", call -> call.reply.empty(405));
        play();
        assertThat(playing.record("DELETE").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.record("DELETE").code()).isEqualTo(405);
    }

    @Test
    void start_sessionLost_skipsTheRestAtOnce() throws Exception {
        recorded.initialize()
                .call("a")
                .json(10)
                .think(600_000)
                .call("b")
                .json(10)
                .think(10)
                .delete();
        server.tool("a", call -> call.reply.full(404, "text/plain", "no such session"));
        play();
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.SESSION_LOST);
        assertThat(playing.record("a").code()).isEqualTo(404);
        assertThat(playing.record("b").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(playing.record("DELETE").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(playing.meter.sessionsLost()).isEqualTo(1);
        assertThat(server.messages("tools/call")).hasSize(1);
    }

    @Test
    void start_initializeRefused_skipsTheRest() throws Exception {
        recorded.initialize().call("a").json(10);
        server.method("initialize", call -> call.reply.full(500, "text/plain", "broken"));
        play();
        assertThat(playing.record("initialize").outcome()).isEqualTo(Outcome.HTTP_ERROR);
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(playing.meter.sessionsLost()).isZero();
        assertThat(server.http().requests()).hasSize(1);
    }

    @Test
    void start_noAnswerInTime_isADeadlineAndTheAgentGoesOn() throws Exception {
        recorded.initialize().call("hangs").json(10).think(10).call("b").json(10);
        server.tool("hangs", call -> call.reply.events());
        play(OneAgent.options().withCallTimeoutNanos(millis(300)));
        StepRecord hangs = playing.record("hangs");
        assertThat(hangs.outcome()).isEqualTo(Outcome.DEADLINE);
        assertThat(hangs.serviceNanos()).isBetween(millis(300), millis(2000));
        assertThat(playing.exchangeEnd("hangs")).isEqualTo("end TIMED_OUT CLIENT");
        assertThat(playing.record("b").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.record("b").dueNanos()).isEqualTo(hangs.doneNanos() + millis(1));
    }

    @Test
    void start_answersOfEveryKind_areNamedRight() throws Exception {
        recorded.initialize();
        List.of("tool_error", "http_error", "gateway", "cut", "clean_cut", "reset", "wrong_id", "garbage")
                .forEach(tool -> recorded.think(10).call(tool).json(10));
        server.tool("tool_error", call -> call.result("{\"content\":[],\"isError\":true}"))
                .tool("http_error", call -> call.reply.full(403, "text/plain", "no"))
                .tool("gateway", call -> call.reply.full(504, "text/html", "<h1>504</h1>"))
                .tool("cut", call -> call.reply.events().event(PING).close())
                .tool("clean_cut", call -> call.reply.events().lastChunk())
                .tool("reset", call -> call.reply.events().reset())
                .tool("wrong_id", call -> call.reply.json(200, "{\"jsonrpc\":\"2.0\",\"id\":9999,\"result\":{}}"))
                .tool("garbage", call -> call.reply.json(200, "nonsense"));
        play();
        assertThat(playing.record("tool_error").outcome()).isEqualTo(Outcome.TOOL_ERROR);
        assertThat(playing.record("http_error").outcome()).isEqualTo(Outcome.HTTP_ERROR);
        assertThat(playing.record("http_error").code()).isEqualTo(403);
        assertThat(playing.record("gateway").outcome()).isEqualTo(Outcome.GATEWAY_TIMEOUT);
        assertThat(playing.record("cut").outcome()).isEqualTo(Outcome.STREAM_CUT);
        assertThat(playing.record("clean_cut").outcome()).isEqualTo(Outcome.STREAM_CUT);
        assertThat(playing.record("reset").outcome()).isEqualTo(Outcome.RESET);
        assertThat(playing.record("wrong_id").outcome()).isEqualTo(Outcome.INVALID);
        assertThat(playing.record("garbage").outcome()).isEqualTo(Outcome.INVALID);
        assertThat(playing.meter.errors()).isEqualTo(8);
    }

    @Test
    void start_answerBeforeTheStreamEnds_isDoneAtTheAnswer() throws Exception {
        recorded.initialize().call("a").sse(10).think(10).call("b").json(10);
        CountDownLatch next = new CountDownLatch(1);
        server.tool("a", call -> {
            call.reply.events().event(call.response("\"result\":{\"content\":[]}"));
            if (arrived(next)) {
                call.reply.lastChunk();
            }
        });
        server.tool("b", call -> {
            next.countDown();
            call.text("b");
        });
        play();
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.record("a").doneNanos())
                .isLessThan(playing.record("b").sentNanos());
        assertThat(playing.exchangeEnd("a")).isEqualTo("end COMPLETE UPSTREAM");
    }

    @Test
    void start_liveListSaysNotReadOnly_skipsWhatTheRecordedListAllowed() throws Exception {
        recorded.initialize()
                .request("tools/list", "{}")
                .json(5, "{\"tools\":[" + readOnly("a", true) + "," + readOnly("b", true) + "]}")
                .think(10)
                .call("a")
                .json(10)
                .think(10)
                .call("b")
                .json(10);
        server.method(
                "tools/list",
                call -> call.result("{\"tools\":[" + readOnly("a", false) + "," + readOnly("b", true) + "]}"));
        play(OneAgent.options().withTools(ToolPolicy.SAFE));
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(playing.record("b").outcome()).isEqualTo(Outcome.OK);
        assertThat(server.messages("tools/call")).hasSize(1);
    }

    @Test
    void start_stepsThePlanLeavesOut_leaveASkippedRecord() throws Exception {
        recorded.initialize()
                .request("tools/list", "{}")
                .json(5, "{\"tools\":[" + readOnly("a", true) + "]}")
                .call("writes")
                .json(10)
                .think(10)
                .call("a")
                .json(10);
        play(OneAgent.options().withTools(ToolPolicy.SAFE));
        assertThat(playing.record("writes").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.meter.due()).isEqualTo(4);
    }

    @Test
    void stop_betweenSteps_leavesTheRestInterruptedAndUnsent() throws Exception {
        recorded.initialize().call("a").json(10).think(600_000).call("b").json(10);
        playing = new OneAgent(recording, server.url(), OneAgent.options()).start();
        await().until(() -> playing.meter.calls() == 1);
        playing.stop();
        playing.awaitEnd();
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.OK);
        assertThat(playing.record("b").outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(playing.record("b").sentNanos()).isZero();
        assertThat(playing.meter.iterations()).isZero();
        assertThat(playing.meter.errors()).isZero();
    }

    @Test
    void stop_callInFlight_mayStillEnd() throws Exception {
        recorded.initialize().call("a").json(10);
        CountDownLatch stopped = new CountDownLatch(1);
        server.tool("a", call -> call.text("stopped " + arrived(stopped)));
        playing = new OneAgent(recording, server.url(), OneAgent.options()).start();
        await().until(() -> server.messages("tools/call").size() == 1);
        playing.stop();
        stopped.countDown();
        playing.awaitEnd();
        assertThat(playing.record("a").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void interrupt_callInFlight_isInterruptedAndNoError() throws Exception {
        recorded.initialize().call("a").json(10);
        server.tool("a", call -> call.reply.events());
        playing = new OneAgent(recording, server.url(), OneAgent.options()).start();
        await().until(() -> server.messages("tools/call").size() == 1);
        playing.interrupt();
        playing.awaitEnd();
        StepRecord a = playing.record("a");
        assertThat(a.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(a.sentNanos()).isPositive();
        assertThat(playing.exchangeEnd("a")).isEqualTo("end SHUTDOWN RECORDER");
        assertThat(playing.meter.errors()).isZero();
    }

    private void ticketFlow() {
        recorded.initialize();
        recorded.call("create_ticket").json(10, ticket("T-4711-rec"));
        recorded.think(10).call("get_ticket", "{\"id\":\"T-4711-rec\"}").json(10);
    }

    private static String ticket(String id) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"made\"}],\"structuredContent\":{\"ticket_id\":\"" + id
                + "\"}}";
    }

    private static String readOnly(String tool, boolean hint) {
        return "{\"name\":\"" + tool + "\",\"annotations\":{\"readOnlyHint\":" + hint + "}}";
    }

    private void play() throws InterruptedException {
        play(OneAgent.options());
    }

    private void play(PlanOptions options) throws InterruptedException {
        playing = new OneAgent(recording, server.url(), options).start().awaitEnd();
    }

    /** True, or no answer at all: the call of a test that did not go on ends badly. */
    private static boolean arrived(CountDownLatch latch) throws IOException {
        try {
            if (latch.await(5, TimeUnit.SECONDS)) {
                return true;
            }
            throw new IOException("the agent never did what was waited for");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
