package dev.mcpreel.analysis.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.testkit.CaptureScript;
import dev.mcpreel.captures.testkit.CollectedSessions;
import dev.mcpreel.captures.testkit.ScriptedAgent;
import dev.mcpreel.captures.testkit.ScriptedCall;
import dev.mcpreel.captures.testkit.ScriptedExchange;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WaterfallTest {
    private final CaptureScript script = new CaptureScript();
    private final ScriptedAgent ann = script.agent("ann");

    private Waterfall waterfall() {
        return Waterfall.of(
                CollectedSessions.of(script, SessionOptions.defaults().keepingExchanges())
                        .session(),
                SessionShape.DEFAULT_BURST_NANOS);
    }

    private List<Row> rows() {
        return waterfall().sections().stream()
                .flatMap(section -> section.rows().stream())
                .toList();
    }

    private Row call(int number) {
        return rows().stream().filter(row -> row.number() == number).findFirst().orElseThrow();
    }

    @Test
    void negotiation_afterARefusedProbe_isOneRowAndNoFailure() {
        ann.request("server/discover", "{}").http(4, 400, "Missing session ID");
        ann.initialize();
        ann.think(5).call("a").json(5);

        List<Row> rows = rows();

        assertThat(rows).extracting(Row::kind).containsExactly(RowKind.NEGOTIATION, RowKind.CALL);
        assertThat(rows.get(0).outcome()).isEqualTo("ok");
        assertThat(rows.get(0).failed()).isFalse();
        assertThat(rows.get(0).notes().get(0)).startsWith("server/discover ").endsWith(", then initialize ok");
        assertThat(rows.get(0).durationNanos()).isEqualTo(CaptureScript.nanos(4 + 5 + 0.1));
    }

    @Test
    void call_sameAgainAfterAFailure_isARetry() {
        ann.initialize();
        ann.call("a", "{\"x\":1}").toolError(10);
        ann.think(5).call("a", "{\"x\":2}").json(10);
        ann.think(5).call("a", "{\"x\":1}").json(10);
        ann.think(5).call("a", "{\"x\":1}").json(10);

        assertThat(call(2).notes()).isEmpty();
        assertThat(call(3).notes()).containsExactly("retry of 1");
        assertThat(call(4).notes()).isEmpty();
    }

    @Test
    void call_sameBesideAFailure_isNoRetry() {
        ann.initialize();
        ann.call("a").background().toolError(100);
        ann.think(10).call("a").json(10);

        assertThat(call(2).notes()).isEmpty();
    }

    @Test
    void call_onAnotherInstance_isAHop() {
        ann.instance("http://one:1").initialize();
        ann.call("a").json(10);
        ann.instance("http://two:2").think(5).call("a").json(10);
        ann.think(5).call("a").json(10);

        assertThat(call(1).notes()).isEmpty();
        assertThat(call(2).notes()).containsExactly("hop to http://two:2");
        assertThat(call(3).notes()).isEmpty();
        assertThat(waterfall().instances()).containsExactly("http://one:1", "http://two:2");
    }

    @Test
    void call_cancelled_saysSoAndWhy() {
        ann.initialize();
        ScriptedCall call = ann.call("a").background();
        ann.think(500).cancel(call);
        call.giveUp(510);

        assertThat(call(1).outcome()).isEqualTo("cancelled");
        assertThat(call(1).failed()).isFalse();
        assertThat(call(1).notes()).containsExactly("cancelled by the agent: timed out");
        assertThat(rows()).extracting(Row::kind).doesNotContain(RowKind.NOTIFICATION);
    }

    @Test
    void call_askedMeanwhile_hasTheQuestionUnderItAndWaitsForTheAnswer() {
        ann.initialize();
        ann.call("a").serverRequest(100, "7", "sampling/createMessage", 200).sse(400);

        Row call = call(1);

        assertThat(call.rows()).hasSize(1);
        Row asked = call.rows().get(0);
        assertThat(asked.kind()).isEqualTo(RowKind.SERVER_REQUEST);
        assertThat(asked.label()).isEqualTo("sampling/createMessage");
        assertThat(asked.outcome()).isEqualTo("answered");
        assertThat(asked.startNanos()).isEqualTo(call.startNanos() + CaptureScript.nanos(100));
        assertThat(asked.durationNanos()).isEqualTo(CaptureScript.nanos(200));
        assertThat(call.waits()).containsExactly(new Stretch(asked.startNanos(), asked.endNanos()));
    }

    @Test
    void call_askedAndNeverAnswered_saysSo() {
        ann.initialize();
        ann.call("a").serverRequest(100, "7", "roots/list").sse(400);

        assertThat(call(1).rows().get(0).outcome()).isEqualTo("no answer");
    }

    @Test
    void call_withInputRequired_hasItsLegsUnderIt() {
        ann.initialize();
        ann.call("a", "{\"x\":1}").json(20, "{\"resultType\":\"input_required\",\"requestState\":\"s\"}");
        ann.think(300)
                .request(
                        "tools/call",
                        "{\"name\":\"a\",\"arguments\":{\"x\":1},\"requestState\":\"s\",\"inputResponses\":{\"k\":1}}")
                .json(30);

        Row call = call(1);

        assertThat(call.notes()).containsExactly("in 2 legs");
        assertThat(call.rows()).extracting(Row::label).containsExactly("leg 1", "leg 2");
        assertThat(call.durationNanos()).isEqualTo(CaptureScript.nanos(350));
        assertThat(call.waits())
                .containsExactly(new Stretch(
                        call.rows().get(0).endNanos(), call.rows().get(1).startNanos()));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void call_asATask_hasItsPollsUnderItAsOneRow() {
        ann.initialize();
        ann.call("a").json(10, "{\"task\":{\"taskId\":\"7\",\"status\":\"working\"}}");
        for (int i = 0; i < 4; i++) {
            ann.think(100)
                    .request("tasks/get", "{\"taskId\":\"7\"}")
                    .json(5, "{\"taskId\":\"7\",\"status\":\"" + (i < 3 ? "working" : "completed") + "\"}");
        }
        ann.request("tasks/result", "{\"taskId\":\"7\"}").json(5, "{\"content\":[]}");

        Row call = call(1);

        assertThat(call.rows()).extracting(Row::label).containsExactly("leg 1", "tasks/get", "tasks/result");
        assertThat(call.rows().get(1).marks()).hasSize(3);
        assertThat(call.notes()).contains("a task").anyMatch(note -> note.endsWith(" polls"));
        assertThat(rows()).hasSize(2);
    }

    @Test
    void streams_andDelete_haveRowsAndAreNoPause() {
        ann.initialize();
        ScriptedExchange stream = ann.stream();
        ann.think(100).call("a").json(10);
        ann.think(5_000).delete();
        stream.end(ann.now(), EndCause.CLOSED, EndedBy.CLIENT);

        Waterfall waterfall = waterfall();

        assertThat(rows())
                .extracting(Row::kind)
                .containsExactly(RowKind.NEGOTIATION, RowKind.STREAM, RowKind.CALL, RowKind.DELETE);
        assertThat(rows().get(1).notes()).containsExactly("ended by client");
        Section last = waterfall.sections().get(waterfall.sections().size() - 1);
        assertThat(last.pauseNanos()).isEqualTo(CaptureScript.nanos(5_000));
        assertThat(last.thinking()).isFalse();
    }

    @Test
    void pings_haveNoRowAndStandWithTheirPause() {
        ann.initialize();
        ann.call("a").json(1_000);
        ann.think(3_000).ping();
        ann.think(3_000).ping();
        ann.think(3_000).call("b").json(1_000);

        Waterfall waterfall = waterfall();

        assertThat(waterfall.pings()).isEqualTo(2);
        assertThat(rows()).extracting(Row::label).containsExactly("initialize", "a", "b");
        Section last = waterfall.sections().get(waterfall.sections().size() - 1);
        assertThat(last.pings()).isEqualTo(2);
        assertThat(last.thinking()).isTrue();
    }

    @Test
    void notifications_againAndAgainDuringACall_areOneRow() {
        ann.initialize();
        ScriptedExchange stream = ann.stream();
        for (int i = 0; i < 3; i++) {
            stream.event(100 + 100 * i, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\"}");
        }
        ann.clock(50).call("a").json(1_000);
        stream.event(9_000, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\"}");
        stream.end(9_001);

        List<Row> told = rows().stream()
                .filter(row -> row.kind() == RowKind.SERVER_NOTIFICATION)
                .toList();

        assertThat(told).hasSize(2);
        assertThat(told.get(0).marks()).containsExactly(CaptureScript.at(200), CaptureScript.at(300));
        assertThat(told.get(0).notes()).containsExactly("3 times");
        assertThat(told.get(1).marks()).isEmpty();
    }

    @Test
    void sections_shortPauses_stayBlanksOfOne() {
        ann.initialize();
        ann.think(2_000).call("a").json(1_000);
        ann.think(100).call("b").json(1_000);

        assertThat(waterfall().sections()).hasSize(2);
    }

    @Test
    void transport_newAfterALoss_isSaidWhereItBegins() {
        ann.initialize();
        ann.call("a").http(5, 404, "Session not found");
        ann.think(5).initialize();
        ann.think(5).call("a").json(5);

        assertThat(call(1).outcome()).isEqualTo("session_lost 404");
        assertThat(call(2).notes()).contains("retry of 1");
    }
}
