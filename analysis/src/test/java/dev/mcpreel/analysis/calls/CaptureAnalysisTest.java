package dev.mcpreel.analysis.calls;

import static dev.mcpreel.analysis.testkit.Times.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mcpreel.analysis.testkit.Asked;
import dev.mcpreel.analysis.testkit.Stepped;
import dev.mcpreel.analysis.testkit.Traffic;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.store.Role;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CaptureAnalysisTest {
    /** The same two calls once as the session model finds them and once as steps. */
    private static CaptureAnalysis bothSides(Role role) {
        return new Traffic(role)
                .event(new NameDefined(at(0), 1, "tools/call"))
                .event(new NameDefined(at(0), 2, "search"))
                .step(Stepped.request(0, 0, 1, 2, 10, 30))
                .step(Stepped.request(0, 1, 1, 2, 50, 90))
                .session("s1", KeyKind.SESSION_ID, 10, 95, Asked.call("search", 10, 30), Asked.call("search", 50, 95))
                .analysis();
    }

    @Test
    void calls_recorded_areTheSessionModels() {
        CaptureAnalysis analysis = bothSides(Role.RECORDED);
        assertThat(analysis.calls().calls().made()).isEqualTo(2);
        assertThat(analysis.calls().calls().service().max()).isEqualTo(45_000_000);
        assertThat(analysis.sessions().byKey()).isEqualTo(Map.of("session_id", 1L));
        assertThat(analysis.steps().sent()).isZero();
        assertThat(analysis.http().exchanges()).isEqualTo(2);
    }

    @Test
    void calls_replayed_areTheSteps() {
        CaptureAnalysis analysis = bothSides(Role.REPLAYED);
        assertThat(analysis.calls().calls().made()).isEqualTo(2);
        assertThat(analysis.calls().calls().service().max()).isEqualTo(40_000_000);
        assertThat(analysis.calls().tools()).containsOnlyKeys("search");
        assertThat(analysis.sessions().byKey()).isEqualTo(Map.of("agent", 1L));
        assertThat(analysis.http().exchanges()).isEqualTo(2);
    }

    @Test
    void steps_otherKinds_areNoRequestsButSent() {
        CaptureAnalysis analysis = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "notifications/initialized"))
                .step(Stepped.request(0, 0, 1, 0, 10, 12).kind(StepKind.NOTIFICATION))
                .step(Stepped.request(0, 1, 0, 0, 20, 900).kind(StepKind.STREAM))
                .step(Stepped.request(0, 2, 0, 0, 890, 895).kind(StepKind.DELETE))
                .analysis();
        assertThat(analysis.calls().requests().total()).isZero();
        assertThat(analysis.steps().sent()).isEqualTo(3);
        assertThat(analysis.steps().response().isEmpty()).isTrue();
        assertThat(analysis.sessions().duration().max()).isEqualTo(890_000_000);
    }

    @Test
    void steps_unsent_haveNoTimesAndAreDueOnlyWhenTheirTimeHadCome() {
        CaptureAnalysis analysis = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "tools/call"))
                .step(Stepped.request(0, 0, 1, 0, 10, 30))
                .step(Stepped.request(0, 1, 1, 0, 40, 0).unsent(Outcome.INTERRUPTED))
                .step(Stepped.request(0, 2, 1, 0, 50, 0).unsent(Outcome.SKIPPED))
                .step(Stepped.request(0, 3, 1, 0, 0, 0).unsent(Outcome.INTERRUPTED))
                .analysis();
        assertThat(analysis.steps().sent()).isEqualTo(1);
        assertThat(analysis.steps().due()).isEqualTo(2);
        assertThat(analysis.steps().skipped()).isEqualTo(1);
        assertThat(analysis.steps().lateness().count()).isEqualTo(1);
        assertThat(analysis.calls().calls().made()).isEqualTo(1);
        assertThat(analysis.calls().calls().total()).isEqualTo(4);
        assertThat(analysis.calls().calls().service().count()).isEqualTo(1);
        assertThat(analysis.sessions().count()).isEqualTo(1);
        assertThat(analysis.sessions().duration().isEmpty()).isTrue();
    }

    @Test
    void lag_eachAgent_isThatOfItsLastStepAndMayBeNegative() {
        CaptureAnalysis analysis = new Traffic(Role.REPLAYED)
                .step(Stepped.request(0, 1, 0, 0, 100, 110).planned(130, 100))
                .step(Stepped.request(0, 0, 0, 0, 10, 120).planned(10, 10))
                .step(Stepped.request(1, 0, 0, 0, 10, 20).planned(5, 10))
                .analysis();
        Distribution lag = analysis.steps().lag();
        assertThat(lag.count()).isEqualTo(2);
        assertThat(lag.min()).isEqualTo(-30_000_000);
        assertThat(lag.max()).isEqualTo(5_000_000);
    }

    @Test
    void response_lateStep_includesOurOwnLateness() {
        CaptureAnalysis analysis = new Traffic(Role.REPLAYED)
                .step(Stepped.request(0, 0, 0, 0, 103, 150).planned(100, 100).own(7))
                .analysis();
        assertThat(analysis.steps().lateness().max()).isEqualTo(3_000_000);
        assertThat(analysis.steps().response().max()).isEqualTo(50_000_000);
        assertThat(analysis.calls().requests().service().max()).isEqualTo(40_000_000);
    }

    @Test
    void tools_moreNamesThanAreToldApart_shareOneRow() {
        Traffic traffic = new Traffic(Role.RECORDED);
        for (int tool = 0; tool < CallTally.MAX_TOOLS + 5; tool++) {
            traffic.session("s" + tool, KeyKind.CLIENT, 0, 2, Asked.call("tool" + tool, 0, 1));
        }
        Map<String, RequestTally> tools = traffic.analysis().calls().tools();
        assertThat(tools).hasSize(CallTally.MAX_TOOLS + 1);
        assertThat(tools.get(CallTally.OTHER_TOOLS).made()).isEqualTo(5);
    }

    @Test
    void tools_absurdOrMissingName_areKeptShort() {
        Traffic traffic = new Traffic(Role.RECORDED)
                .session("s1", KeyKind.CLIENT, 0, 2, Asked.call("x".repeat(100_000), 0, 1), Asked.call("", 0, 1));
        assertThat(traffic.analysis().calls().tools())
                .containsOnlyKeys("x".repeat(CallTally.MAX_NAME_CHARS), CallTally.NO_TOOL);
    }

    @Test
    void steps_nameNeverDefined_standsForItself() {
        CaptureAnalysis analysis = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "tools/call"))
                .step(Stepped.request(0, 0, 1, 9, 10, 30))
                .analysis();
        assertThat(analysis.calls().tools()).containsOnlyKeys("(name 9)");
    }

    @Test
    void span_anchorsAndSamples_areNoTraffic() {
        CaptureAnalysis analysis = new Traffic(Role.RECORDED)
                .event(new ClockAnchor(at(-60_000), 0))
                .session("s1", KeyKind.SESSION_ID, 100, 400, Asked.call("search", 100, 400))
                .event(new ClockAnchor(at(60_000), 0))
                .analysis();
        assertThat(analysis.span().nanos()).isEqualTo(300_000_000);
    }

    @Test
    void sessions_lostInTwoCalls_isOneSession() {
        CaptureAnalysis analysis = new Traffic(Role.RECORDED)
                .session(
                        "s1",
                        KeyKind.SESSION_ID,
                        0,
                        10,
                        Asked.call("a", 0, 1).ended(Outcome.SESSION_LOST, 404),
                        Asked.call("a", 2, 3).ended(Outcome.SESSION_LOST, 404))
                .session("s2", KeyKind.SESSION_ID, 0, 10, Asked.call("a", 0, 1))
                .analysis();
        assertThat(analysis.sessions().lost()).isEqualTo(1);
        assertThat(analysis.sessions().count()).isEqualTo(2);
    }
}
