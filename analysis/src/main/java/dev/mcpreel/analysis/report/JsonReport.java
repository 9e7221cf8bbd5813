package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.calls.CodeCount;
import dev.mcpreel.analysis.summary.CaptureInfo;
import dev.mcpreel.analysis.summary.Metric;
import dev.mcpreel.analysis.summary.OutcomeRow;
import dev.mcpreel.analysis.summary.SessionNumbers;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.analysis.summary.ToolRow;
import dev.mcpreel.captures.store.Counts;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A summary for programs: {@code metrics} in the shape of k6's {@code --summary-export}, and the rest beside it. The
 * schema is in docs/REPORT.md. Durations are milliseconds; numbers are rounded to six decimals.
 */
public final class JsonReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReport() {}

    /** Indented, ended by a line feed. */
    public static String render(Summary summary) {
        return JsonText.pretty(tree(summary));
    }

    public static ObjectNode tree(Summary summary) {
        ObjectNode root = NODES.objectNode();
        root.set("capture", capture(summary.capture()));
        root.set("caveats", strings(summary.caveats()));
        ObjectNode metrics = root.putObject("metrics");
        summary.metrics().forEach((name, metric) -> metrics.set(name, metric(metric)));
        ArrayNode tools = root.putArray("tools");
        summary.tools().forEach(row -> tools.add(tool(row)));
        ArrayNode outcomes = root.putArray("outcomes");
        summary.outcomes().forEach(row -> outcomes.add(outcome(row)));
        ObjectNode notSent = root.putObject("not_sent");
        summary.notSent()
                .forEach(row -> notSent.putObject(row.outcome().label())
                        .put("calls", row.calls())
                        .put("requests", row.requests()));
        root.set("sessions", sessions(summary.sessions()));
        root.set("run", JsonRun.of(summary.run()));
        return root;
    }

    private static ObjectNode capture(CaptureInfo capture) {
        ObjectNode node = NODES.objectNode()
                .put("id", capture.id())
                .put("role", capture.role())
                .put("product", capture.product())
                .put("started_at", capture.startedAt())
                .put("ended_at", capture.endedAt())
                .put("ending", capture.ending())
                .put("traffic_duration", rounded(capture.trafficMillis()))
                .put("listen", capture.listen());
        node.set("upstreams", strings(capture.upstreams()));
        node.set("filter", strings(capture.filter()));
        Counts counts = capture.counts();
        node.putObject("counts")
                .put("seen", counts.seen())
                .put("recorded", counts.recorded())
                .put("filtered", counts.filteredExchanges())
                .put("lost", counts.lostExchanges())
                .put("records", counts.records())
                .put("bytes", counts.bytes())
                .put("steps", counts.steps())
                .put("lost_steps", counts.lostSteps());
        return node;
    }

    static ObjectNode metric(Metric metric) {
        ObjectNode node = NODES.objectNode();
        if (metric instanceof Metric.Counter counter) {
            node.put("count", counter.count()).put("rate", rounded(counter.perSecond()));
        } else if (metric instanceof Metric.Trend trend) {
            trend(node, trend);
        } else if (metric instanceof Metric.Rate rate) {
            node.put("passes", rate.passes()).put("fails", rate.fails()).put("value", rounded(rate.value()));
        } else if (metric instanceof Metric.Gauge gauge) {
            node.put("value", rounded(gauge.value()))
                    .put("min", rounded(gauge.min()))
                    .put("max", rounded(gauge.max()));
        }
        return node;
    }

    private static void trend(ObjectNode node, Metric.Trend trend) {
        node.put("avg", rounded(trend.avg()))
                .put("min", rounded(trend.min()))
                .put("med", rounded(trend.med()))
                .put("max", rounded(trend.max()))
                .put("p(90)", rounded(trend.p90()))
                .put("p(95)", rounded(trend.p95()))
                .put("p(99)", rounded(trend.p99()));
    }

    private static ObjectNode tool(ToolRow row) {
        ObjectNode node = NODES.objectNode()
                .put("tool", row.tool())
                .put("calls", row.calls())
                .put("rate", rounded(row.perSecond()))
                .put("errors", row.errors());
        Metric.Rate success = row.success();
        Metric.Trend duration = row.duration();
        node.set("success", success == null ? NODES.nullNode() : NODES.numberNode(rounded(success.value())));
        node.set("duration", duration == null ? NODES.nullNode() : metric(duration));
        return node;
    }

    private static ObjectNode outcome(OutcomeRow row) {
        ObjectNode node = NODES.objectNode()
                .put("outcome", row.outcome().label())
                .put("error", row.outcome().isError())
                .put("calls", row.calls())
                .put("call_share", rounded(row.callShare()))
                .put("requests", row.requests())
                .put("request_share", rounded(row.requestShare()));
        ArrayNode codes = node.putArray("codes");
        for (CodeCount code : row.codes()) {
            codes.addObject().put("code", code.code()).put("count", code.count());
        }
        return node;
    }

    private static ObjectNode sessions(SessionNumbers sessions) {
        ObjectNode node = NODES.objectNode().put("count", sessions.count());
        node.set("by_key", counts(sessions.byKey()));
        SessionNumbers.CallsPerSession calls = sessions.calls();
        node.set(
                "calls_per_session",
                calls == null
                        ? NODES.nullNode()
                        : NODES.objectNode()
                                .put("avg", rounded(calls.avg()))
                                .put("med", rounded(calls.med()))
                                .put("max", calls.max()));
        return node.put("lost", sessions.lost());
    }

    /** Readers refuse halves of characters in names of members. */
    static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode node = NODES.objectNode();
        counts.forEach((name, count) -> {
            String whole = name.replaceAll("\\p{Cs}", "\uFFFD");
            node.put(whole, node.path(whole).asLong(0) + count);
        });
        return node;
    }

    static ArrayNode strings(Iterable<String> values) {
        ArrayNode node = NODES.arrayNode();
        values.forEach(node::add);
        return node;
    }

    /** Nanoseconds in a millisecond; what lies beyond is noise of the arithmetic. */
    static double rounded(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }
}
