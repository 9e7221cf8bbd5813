package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CallTally;
import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.calls.Concurrency;
import dev.mcpreel.analysis.calls.HttpTally;
import dev.mcpreel.analysis.calls.RequestTally;
import dev.mcpreel.analysis.calls.SessionTally;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.store.ReplayInfo;
import dev.mcpreel.captures.store.Role;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives every metric its value, where it has one. Used once. */
final class MetricCollector {
    private final CaptureAnalysis analysis;
    private final SessionTally sessions;
    private final @Nullable ReplayInfo plan;
    private final Map<MetricName, Metric> found = new EnumMap<>(MetricName.class);

    MetricCollector(CaptureAnalysis analysis, SessionTally sessions, @Nullable ReplayInfo plan) {
        this.analysis = analysis;
        this.sessions = sessions;
        this.plan = plan;
    }

    Map<String, Metric> collect() {
        mcp();
        http();
        execution();
        Map<String, Metric> metrics = new LinkedHashMap<>();
        found.forEach((name, metric) -> metrics.put(name.label(), metric));
        return metrics;
    }

    private void mcp() {
        CallTally tally = analysis.calls();
        RequestTally calls = tally.calls();
        RequestTally requests = tally.requests();
        count(MetricName.MCP_CALLS, calls.made());
        put(MetricName.MCP_SUCCESS, Metric.Rate.of(calls.succeeded(), calls.failed()));
        put(MetricName.MCP_ERRORS, Metric.Rate.of(calls.failed(), calls.succeeded()));
        put(MetricName.MCP_CALL_DURATION, Metric.Trend.ofNanos(calls.service()));
        put(MetricName.MCP_TIME_TO_FIRST_EVENT, Metric.Trend.ofNanos(tally.firstEvents()));
        count(MetricName.MCP_REQUESTS, requests.made());
        put(MetricName.MCP_REQUEST_DURATION, Metric.Trend.ofNanos(requests.service()));
        put(
                MetricName.MCP_INITIALIZE_DURATION,
                Metric.Trend.ofNanos(tally.initializes().service()));
        count(MetricName.MCP_TIMEOUTS, requests.count(Outcome.DEADLINE) + requests.count(Outcome.GATEWAY_TIMEOUT));
        count(MetricName.MCP_STREAMS_CUT, requests.count(Outcome.STREAM_CUT));
        count(MetricName.MCP_SESSIONS_LOST, sessions.lost());
        if (calls.made() > 0) {
            double perCall = (double) analysis.http().mcpExchanges() / calls.made();
            put(MetricName.MCP_HTTP_PER_CALL, Metric.Gauge.once(perCall));
        }
    }

    private void http() {
        HttpTally http = analysis.http();
        count(MetricName.HTTP_REQS, http.exchanges());
        put(MetricName.HTTP_REQ_DURATION, Metric.Trend.ofNanos(http.duration()));
        put(MetricName.HTTP_REQ_FAILED, Metric.Rate.of(http.failed(), http.exchanges() - http.failed()));
        count(MetricName.DATA_RECEIVED, http.bytesReceived());
        count(MetricName.DATA_SENT, http.bytesSent());
    }

    private void execution() {
        count(MetricName.ITERATIONS, sessions.duration().count());
        put(MetricName.ITERATION_DURATION, Metric.Trend.ofNanos(sessions.duration()));
        Concurrency agents = agents();
        if (agents.peak() > 0) {
            put(MetricName.VUS, new Metric.Gauge(agents.last(), agents.least(), agents.peak()));
            put(MetricName.VUS_MAX, Metric.Gauge.once(plan == null ? agents.peak() : plan.agents()));
        }
        if (analysis.role() == Role.REPLAYED) {
            put(
                    MetricName.REPLAY_RESPONSE_TIME,
                    Metric.Trend.ofNanos(analysis.steps().response()));
            put(
                    MetricName.REPLAY_LATENESS,
                    Metric.Trend.ofNanos(analysis.steps().lateness()));
            put(
                    MetricName.REPLAY_SESSION_LAG,
                    Metric.Trend.ofNanos(analysis.steps().lag()));
        }
    }

    /**
     * Samples see agents that think; spans see agents that lived between two samples. Spans are of sessions, and an agent
     * that plays one after another may begin the next while the end of the last is still under way: no more agents than
     * planned are ever alive.
     */
    private Concurrency agents() {
        Concurrency agents = sessions.concurrency();
        if (analysis.samples().samples() > 0) {
            Concurrency sampled = analysis.samples().agents();
            agents = new Concurrency(sampled.last(), sampled.least(), Math.max(sampled.peak(), agents.peak()));
        }
        int most = plan == null ? Integer.MAX_VALUE : plan.agents();
        return new Concurrency(
                Math.min(agents.last(), most), Math.min(agents.least(), most), Math.min(agents.peak(), most));
    }

    private void count(MetricName name, long count) {
        put(name, Metric.Counter.of(count, analysis.span().nanos()));
    }

    private void put(MetricName name, @Nullable Metric metric) {
        if (metric != null) {
            found.put(name, metric);
        }
    }
}
