package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happens in a capture, a JSON object on a line each. Immutable. */
public final class TailJson implements TailLines {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ClockAnchor anchor;
    private final boolean results;

    /**
     * Lines of one capture.
     *
     * @param anchor ties the capture's times to the wall clock
     * @param results whether they hold what was answered
     */
    public TailJson(ClockAnchor anchor, boolean results) {
        this.anchor = anchor;
        this.results = results;
    }

    @Override
    public List<String> request(RequestTrace request) {
        ObjectNode node = node("request", request.doneNanos());
        node.put("session", request.sessionId())
                .put("method", request.method())
                .put("tool", request.tool())
                .put("outcome", request.outcome().label())
                .put("code", request.code())
                .put("started_at", iso(request.startNanos()))
                .put("duration_ms", millis(request.durationNanos()))
                .put("instance", request.instance())
                .put("exchange", request.exchangeId());
        JsonNode params = request.request().node().path("params");
        JsonNode arguments = request.isCall() ? params.path("arguments") : params;
        if (!arguments.isMissingNode()) {
            node.set(request.isCall() ? "arguments" : "params", arguments);
        }
        JsonRpcMessage.Response answer = request.answer();
        if (results && answer != null) {
            node.set(
                    answer.isError() ? "error" : "result",
                    answer.isError() ? answer.node().path("error") : answer.result());
        }
        return line(node);
    }

    @Override
    public List<String> call(Call call) {
        ObjectNode node = node("call", call.doneNanos());
        node.put("session", call.sessionId())
                .put("kind", call.kind().name().toLowerCase(Locale.ROOT))
                .put("tool", call.tool())
                .put("outcome", call.outcome().label())
                .put("code", call.code())
                .put("started_at", iso(call.startNanos()))
                .put("duration_ms", millis(call.durationNanos()))
                .put("exchange", call.first().exchangeId());
        return line(node);
    }

    @Override
    public List<String> begin(String sessionId, String client, long atNanos) {
        ObjectNode node = node("session_begin", atNanos);
        node.put("session", sessionId).put("client", client);
        return line(node);
    }

    @Override
    public List<String> end(String sessionId, SessionNumbers numbers) {
        ObjectNode node = node("session_end", numbers.endNanos());
        node.put("session", sessionId)
                .put("calls", numbers.calls())
                .put("errors", numbers.errors())
                .put("duration_ms", millis(numbers.endNanos() - numbers.startNanos()));
        return line(node);
    }

    @Override
    public List<String> lost(Gap gap) {
        ObjectNode node = node("lost", gap.atNanos());
        node.put("reason", gap.reason().name().toLowerCase(Locale.ROOT))
                .put("exchanges", gap.exchanges())
                .put("events", gap.events())
                .put("bytes", gap.bytes());
        return line(node);
    }

    @Override
    public List<String> missing(long records, long atNanos) {
        ObjectNode node = node("missing", atNanos);
        node.put("records", records);
        return line(node);
    }

    private ObjectNode node(String type, long atNanos) {
        return Json.mapper().createObjectNode().put("type", type).put("at", iso(atNanos));
    }

    private String iso(long nanos) {
        return Instant.ofEpochSecond(0, anchor.wallOf(nanos)).toString();
    }

    private static double millis(long nanos) {
        return JsonReport.rounded(nanos / NANOS_PER_MILLI);
    }

    private static List<String> line(ObjectNode node) {
        return List.of(JsonText.line(node));
    }
}
