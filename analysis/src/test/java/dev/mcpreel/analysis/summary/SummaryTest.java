package dev.mcpreel.analysis.summary;

import static dev.mcpreel.analysis.testkit.Times.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.calls.CodeCount;
import dev.mcpreel.analysis.testkit.Asked;
import dev.mcpreel.analysis.testkit.Manifests;
import dev.mcpreel.analysis.testkit.Samples;
import dev.mcpreel.analysis.testkit.Stepped;
import dev.mcpreel.analysis.testkit.Traffic;
import dev.mcpreel.analysis.testkit.Web;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.DamagedRegion;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SequenceHole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Numbers worked out by hand. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SummaryTest {
    /** Two sessions over 2000 ms: 5 calls, 4 of them judged, 1 initialize, 1 standalone stream, 1 exchange not of MCP. */
    private static Summary recorded() {
        Traffic traffic = new Traffic(Role.RECORDED)
                .session(
                        "s1",
                        KeyKind.SESSION_ID,
                        0,
                        1000,
                        Asked.method("initialize", 0, 8),
                        Asked.call("a", 100, 110).firstEventAt(104),
                        Asked.call("a", 200, 230).answering(10).firstEventAt(202),
                        Asked.call("b", 300, 900).ended(Outcome.GATEWAY_TIMEOUT, 504))
                .session(
                        "s2",
                        KeyKind.SESSION_ID,
                        500,
                        2000,
                        Asked.call("a", 500, 530).ended(Outcome.TOOL_ERROR, 200),
                        Asked.call("b", 1900, 2000).firstEventAt(0).ended(Outcome.INTERRUPTED, 0))
                .exchange(Web.post(0, 1999).as(ExchangeKind.STREAM, "GET"))
                .exchange(Web.post(5, 6).as(ExchangeKind.OTHER, "GET").status(404));
        return Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), traffic.analysis());
    }

    @Test
    void metrics_recorded_callsAsWorkedOut() {
        Summary summary = recorded();
        assertThat(metric(summary, "mcp_calls")).isEqualTo(new Metric.Counter(5, 2.5));
        assertThat(metric(summary, "mcp_success")).isEqualTo(new Metric.Rate(2, 2));
        assertThat(metric(summary, "mcp_errors")).isEqualTo(new Metric.Rate(2, 2));
        assertThat(metric(summary, "mcp_requests")).isEqualTo(new Metric.Counter(6, 3));
        assertThat(metric(summary, "mcp_timeouts")).isEqualTo(new Metric.Counter(1, 0.5));
        assertThat(metric(summary, "mcp_http_per_call")).isEqualTo(new Metric.Gauge(1.4, 1.4, 1.4));
        // 10, 30 - 10, 600, 30
        Metric.Trend calls = trend(summary, "mcp_call_duration");
        assertThat(calls.count()).isEqualTo(4);
        assertThat(calls.avg()).isEqualTo(165);
        assertThat(calls.min()).isEqualTo(10);
        assertThat(calls.max()).isEqualTo(600);
        assertThat(calls.med()).isCloseTo(25, within(0.025));
        assertThat(calls.p90()).isCloseTo(30 + 0.7 * 570, within(0.43));
        assertThat(trend(summary, "mcp_initialize_duration").avg()).isEqualTo(8);
        // 4, 2, 600, 30
        assertThat(trend(summary, "mcp_time_to_first_event").avg()).isEqualTo(159);
    }

    @Test
    void metrics_recorded_httpAndExecutionAsWorkedOut() {
        Summary summary = recorded();
        assertThat(metric(summary, "http_reqs")).isEqualTo(new Metric.Counter(8, 4));
        assertThat(metric(summary, "http_req_failed")).isEqualTo(new Metric.Rate(1, 7));
        // 8, 10, 30, 600, 30, 100, 1
        assertThat(trend(summary, "http_req_duration").avg()).isCloseTo(779.0 / 7, within(1e-9));
        assertThat(metric(summary, "iterations")).isEqualTo(new Metric.Counter(2, 1));
        assertThat(trend(summary, "iteration_duration").avg()).isEqualTo(1250);
        assertThat(metric(summary, "vus")).isEqualTo(new Metric.Gauge(1, 1, 2));
        assertThat(metric(summary, "vus_max")).isEqualTo(new Metric.Gauge(2, 2, 2));
        assertThat(metric(summary, "data_sent")).isEqualTo(new Metric.Counter(800, 400));
        assertThat(metric(summary, "data_received")).isEqualTo(new Metric.Counter(8000, 4000));
        assertThat(summary.metrics()).doesNotContainKeys("replay_lateness", "replay_session_lag");
    }

    @Test
    void tables_recorded_asWorkedOut() {
        Summary summary = recorded();
        assertThat(summary.tools())
                .extracting(ToolRow::tool, ToolRow::calls, ToolRow::errors)
                .containsExactly(tuple("a", 3L, 1L), tuple("b", 2L, 1L));
        assertThat(summary.outcomes())
                .containsExactly(
                        new OutcomeRow(Outcome.OK, 2, 0.4, 3, 0.5, List.of()),
                        new OutcomeRow(Outcome.TOOL_ERROR, 1, 0.2, 1, 1.0 / 6, List.of()),
                        new OutcomeRow(Outcome.GATEWAY_TIMEOUT, 1, 0.2, 1, 1.0 / 6, List.of(new CodeCount(504, 1))),
                        new OutcomeRow(Outcome.INTERRUPTED, 1, 0.2, 1, 1.0 / 6, List.of()));
        assertThat(summary.sessions().count()).isEqualTo(2);
        assertThat(summary.sessions().calls()).isEqualTo(new SessionNumbers.CallsPerSession(2.5, 2.5, 3));
    }

    @Test
    void metrics_replayed_asWorkedOut() {
        Summary summary = Samples.replayed();
        assertThat(metric(summary, "mcp_calls")).isInstanceOfSatisfying(Metric.Counter.class, calls -> {
            assertThat(calls.count()).isEqualTo(8);
            assertThat(calls.perSecond()).isCloseTo(8 / 62.0506, within(1e-9));
        });
        assertThat(trend(summary, "replay_session_lag").min()).isEqualTo(-15);
        assertThat(trend(summary, "replay_session_lag").max()).isEqualTo(25);
        assertThat(trend(summary, "replay_response_time").min()).isEqualTo(5.75);
        assertThat(metric(summary, "vus")).isEqualTo(new Metric.Gauge(0, 0, 2));
        RunInfo.Replayed run = (RunInfo.Replayed) summary.run();
        assertThat(run.valid()).isFalse();
        assertThat(run.sentSteps()).isEqualTo(12);
        assertThat(run.sentToDue()).isCloseTo(12.0 / 13, within(1e-12));
        assertThat(run.machine()).isEqualTo(new RunInfo.Machine(2, 230, 1.25, 0.9));
    }

    @Test
    void metrics_inTheOrderOfTheirNames() {
        List<String> order = Arrays.stream(MetricName.values())
                .map(MetricName::label)
                .filter(Samples.replayed().metrics()::containsKey)
                .toList();
        assertThat(Samples.replayed().metrics().keySet()).containsExactlyElementsOf(order);
    }

    @Test
    void of_emptyCapture_saysSoAndHasNoNumberFromNothing() {
        Summary summary =
                Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), new CaptureAnalysis(Role.RECORDED));
        assertThat(summary.isEmpty()).isTrue();
        assertThat(summary.caveats()).containsExactly("Empty capture: it holds no exchange and no step.");
        assertThat(summary.metrics().values()).allMatch(metric -> metric.equals(new Metric.Counter(0, 0)));
        assertThat(summary.sessions().calls()).isNull();
    }

    @Test
    void of_noToolCall_saysSo() {
        Traffic traffic = new Traffic(Role.RECORDED).exchange(Web.post(0, 5));
        Summary summary = Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), traffic.analysis());
        assertThat(summary.isEmpty()).isFalse();
        assertThat(summary.caveats()).containsExactly("No tool call in this capture.");
    }

    @Test
    void of_replayThatNeverSentAnything_isNotEmpty() {
        Traffic traffic = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "tools/call"))
                .step(Stepped.request(0, 0, 1, 0, 10, 0).unsent(Outcome.SKIPPED));
        Summary summary = Summary.of(Manifests.replayed(Ending.COMPLETE, Counts.NONE, true), traffic.analysis());
        assertThat(summary.isEmpty()).isFalse();
        assertThat(summary.outcomes()).isEmpty();
        assertThat(summary.notSent()).containsExactly(new NotSentRow(Outcome.SKIPPED, 1, 1));
        assertThat(summary.caveats()).isEmpty();
        assertThat(metric(summary, "mcp_calls")).isEqualTo(new Metric.Counter(0, 0));
        assertThat(((RunInfo.Replayed) summary.run()).sentToDue()).isNull();
        assertThat(((RunInfo.Replayed) summary.run()).lateness()).isNull();
    }

    @Test
    void of_replayWithoutEnd_isNeverValid() {
        Summary summary = Summary.of(
                Manifests.replayed(Ending.OPEN, Counts.NONE, true),
                new Traffic(Role.REPLAYED)
                        .step(Stepped.request(0, 0, 0, 0, 1, 2))
                        .analysis());
        assertThat(((RunInfo.Replayed) summary.run()).valid()).isFalse();
        assertThat(summary.run().interrupted()).isTrue();
        assertThat(summary.caveats().get(0)).startsWith("Interrupted run:");
    }

    @Test
    void losses_manifestAndGapsDiffer_largerCounts() {
        Traffic traffic = new Traffic(Role.RECORDED)
                .event(new Gap(at(1), LossReason.LANE_FULL, 0, 3, 9, 500))
                .event(new Gap(at(2), LossReason.LANE_FULL, 1, 1, 1, 10))
                .event(new Gap(at(3), LossReason.DISK_FULL, -1, 1, 1, 10));
        Counts counts = new Counts(9, 2, Map.of(), Map.of(LossReason.LANE_FULL, 6L), 0, 0, 0, 0);
        Losses losses = Summary.of(Manifests.recorded(Ending.COMPLETE, counts), traffic.analysis())
                .run()
                .losses();
        assertThat(losses.byReason()).isEqualTo(Map.of("lane_full", 6L, "disk_full", 1L));
        assertThat(losses.exchanges()).isEqualTo(7);
        assertThat(losses.events()).isEqualTo(11);
        assertThat(losses.bytes()).isEqualTo(520);
    }

    @Test
    void of_damagedOrNewerLog_saysSo() {
        ReadSummary read = new ReadSummary(
                90,
                9000,
                80,
                4,
                0,
                List.of(new SequenceHole(10, 5), new SequenceHole(40, 2)),
                List.of(new DamagedRegion("a.cq4", 4096, 512)));
        Traffic traffic = new Traffic(Role.RECORDED).session("s1", KeyKind.CLIENT, 0, 1, Asked.call("a", 0, 1));
        Summary summary = Summary.of(Manifests.recorded(Ending.COMPLETE, Counts.NONE), traffic.analysis(), read);
        assertThat(summary.caveats())
                .containsExactly(
                        "Damaged log: 7 records are missing and 1 stretch could not be read; what was there is in no"
                                + " number below.",
                        "Newer log: 4 records are of a kind this version does not know.");
        assertThat(summary.run().losses().missingRecords()).isEqualTo(7);
    }

    @Test
    void of_logEmptied_saysWhatIsMissingAndNotThatItIsEmpty() {
        ReadSummary read = new ReadSummary(0, 0, 0, 0, 0, List.of(), List.of());
        Summary summary = Summary.of(
                Manifests.recorded(Ending.COMPLETE, ofRecords(162)), new CaptureAnalysis(Role.RECORDED), read);
        assertThat(summary.caveats())
                .containsExactly(
                        "Damaged log: 162 of 162 records are missing; what was there is in no number below.",
                        "Nothing to count: no exchange and no step could be read.");
        assertThat(summary.run().losses().missingRecords()).isEqualTo(162);
    }

    @Test
    void of_tailOfTheLogCut_saysHowMuchIsMissing() {
        ReadSummary read =
                new ReadSummary(49, 900, 40, 0, 0, List.of(), List.of(new DamagedRegion("a.cq4", 4096, 512)));
        Summary summary = Summary.of(
                Manifests.recorded(Ending.COMPLETE, ofRecords(162)),
                new Traffic(Role.RECORDED).exchange(Web.post(0, 5)).analysis(),
                read);
        assertThat(summary.caveats())
                .containsExactly(
                        "Damaged log: 113 of 162 records are missing and 1 stretch could not be read; what was there is"
                                + " in no number below.",
                        "No tool call in what could be read of this capture.");
    }

    @Test
    void of_oneRecordMissing_isSingular() {
        ReadSummary read = new ReadSummary(161, 900, 40, 1, 0, List.of(), List.of());
        Traffic traffic = new Traffic(Role.RECORDED).session("s1", KeyKind.CLIENT, 0, 1, Asked.call("a", 0, 1));
        assertThat(Summary.of(Manifests.recorded(Ending.COMPLETE, ofRecords(162)), traffic.analysis(), read)
                        .caveats())
                .containsExactly(
                        "Damaged log: 1 of 162 records is missing; what was there is in no number below.",
                        "Newer log: 1 record is of a kind this version does not know.");
    }

    @Test
    void of_eventsOfARunUnderWay_lackNoRecord() {
        Traffic traffic = new Traffic(Role.RECORDED).session("s1", KeyKind.CLIENT, 0, 1, Asked.call("a", 0, 1));
        assertThat(Summary.of(Manifests.recorded(Ending.COMPLETE, ofRecords(162)), traffic.analysis())
                        .caveats())
                .isEmpty();
    }

    @Test
    void of_stepsNeverSent_standApartFromTheShares() {
        Traffic traffic = new Traffic(Role.REPLAYED)
                .event(new NameDefined(at(0), 1, "tools/call"))
                .event(new NameDefined(at(0), 2, "search_orders"))
                .event(new NameDefined(at(0), 3, "create_ticket"))
                .event(new NameDefined(at(0), 4, "tools/list"))
                .step(Stepped.request(0, 0, 1, 2, 1, 2))
                .step(Stepped.request(0, 1, 1, 2, 3, 4))
                .step(Stepped.request(0, 2, 1, 2, 5, 0).ended(Outcome.INTERRUPTED, 0))
                .step(Stepped.request(0, 3, 1, 2, 6, 0).unsent(Outcome.INTERRUPTED))
                .step(Stepped.request(0, 4, 4, 0, 7, 0).unsent(Outcome.INTERRUPTED))
                .step(Stepped.request(0, 5, 1, 3, 8, 0).unsent(Outcome.SKIPPED))
                .step(Stepped.request(0, 6, 1, 2, 9, 0).unsent(Outcome.CONNECT_FAILED));
        Summary summary = Summary.of(Manifests.replayed(Ending.COMPLETE, Counts.NONE, true), traffic.analysis());
        assertThat(((Metric.Counter) metric(summary, "mcp_calls")).count()).isEqualTo(4);
        assertThat(summary.outcomes())
                .containsExactly(
                        new OutcomeRow(Outcome.OK, 2, 0.5, 2, 0.5, List.of()),
                        new OutcomeRow(Outcome.CONNECT_FAILED, 1, 0.25, 1, 0.25, List.of()),
                        new OutcomeRow(Outcome.INTERRUPTED, 1, 0.25, 1, 0.25, List.of()));
        assertThat(summary.notSent())
                .containsExactlyInAnyOrder(
                        new NotSentRow(Outcome.INTERRUPTED, 1, 2), new NotSentRow(Outcome.SKIPPED, 1, 1));
        assertThat(summary.tools()).extracting(ToolRow::tool).containsExactly("search_orders");
    }

    @Test
    void vus_ofAReplay_neverMoreThanPlanned() {
        Traffic crowd = new Traffic(Role.REPLAYED);
        for (int agent = 0; agent < 3; agent++) {
            crowd.step(Stepped.request(agent, 0, 0, 0, 1, 2));
        }
        Summary many = Summary.of(Manifests.replayed(Ending.COMPLETE, Counts.NONE, true), crowd.analysis());
        assertThat(metric(many, "vus")).isEqualTo(new Metric.Gauge(2, 2, 2));
        assertThat(metric(many, "vus_max")).isEqualTo(new Metric.Gauge(2, 2, 2));
        Traffic alone = new Traffic(Role.REPLAYED).step(Stepped.request(0, 0, 0, 0, 1, 2));
        Summary one = Summary.of(Manifests.replayed(Ending.COMPLETE, Counts.NONE, true), alone.analysis());
        assertThat(metric(one, "vus")).isEqualTo(new Metric.Gauge(1, 1, 1));
        assertThat(metric(one, "vus_max")).isEqualTo(new Metric.Gauge(2, 2, 2));
    }

    @Test
    void of_sampleAheadOfSteps_takesTheSample() {
        Traffic traffic = new Traffic(Role.REPLAYED)
                .step(Stepped.request(0, 0, 0, 0, 1, 2))
                .event(new RunSample(at(5), 1, 0, 0, 4, 0, 0, 30, 40, 0, 0));
        RunInfo.Replayed run =
                (RunInfo.Replayed) Summary.of(Manifests.replayed(Ending.OPEN, Counts.NONE, true), traffic.analysis())
                        .run();
        assertThat(run.sentSteps()).isEqualTo(30);
        assertThat(run.dueSteps()).isEqualTo(40);
    }

    @Test
    void of_otherRole_refuses() {
        assertThatThrownBy(() -> Summary.of(
                        Manifests.recorded(Ending.COMPLETE, Counts.NONE), new CaptureAnalysis(Role.REPLAYED)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Counts ofRecords(long records) {
        return new Counts(20, 20, Map.of(), Map.of(), records, 20_000, 0, 0);
    }

    private static Metric metric(Summary summary, String name) {
        return Objects.requireNonNull(summary.metrics().get(name), name);
    }

    private static Metric.Trend trend(Summary summary, String name) {
        return (Metric.Trend) metric(summary, name);
    }
}
