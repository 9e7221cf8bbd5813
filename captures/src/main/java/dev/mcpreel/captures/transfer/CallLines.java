package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the session model finds, as lines: calls, other requests, sessions. */
final class CallLines implements SessionListener {
    private final ClockAnchor anchor;
    private final EventWriter writer;
    private final StartOrder order;
    private final Consumer<String> sink;
    private long calls;
    private long requests;
    private long sessions;

    CallLines(ClockAnchor anchor, EventWriter writer, Consumer<String> sink) {
        this.anchor = anchor;
        this.writer = writer;
        this.sink = sink;
        this.order = new StartOrder(sink);
    }

    @Override
    public void onRequest(RequestTrace request) {
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("kind", request.isCall() ? "call" : "request").put("session", request.sessionId());
        id(line, request.request().id());
        JsonNode params = request.request().node().path("params");
        if (request.isCall()) {
            calls++;
            line.put("tool", request.tool());
            line.set("arguments", params.path("arguments").isMissingNode() ? null : params.path("arguments"));
        } else {
            requests++;
            line.put("method", request.method());
            line.set("params", params.isMissingNode() ? null : params);
        }
        line.put("outcome", request.outcome().label()).put("code", request.code());
        answer(line, request.answer());
        times(line, request);
        line.put("exchange", request.exchangeId()).put("instance", request.instance());
        line.put("requestBytes", request.requestBytes()).put("responseBytes", request.responseBytes());
        order.add(request.startNanos(), LineSink.render(line));
    }

    @Override
    public void onSession(AgentSession session) {
        sessions++;
        ObjectNode line =
                Json.mapper().createObjectNode().put("kind", "session").put("session", session.id());
        line.put("agent", session.client()).put("revision", session.revision());
        line.put("transportSession", session.transportSessionId());
        line.putObject("key")
                .put("kind", Labels.of(session.key().kind()))
                .put("value", session.key().value());
        line.put("requests", session.shape().requests())
                .put("calls", session.shape().calls());
        writer.time(line, "start", session.startNanos());
        writer.time(line, "end", session.endNanos());
        line.put("startTime", WallTime.iso(anchor, session.startNanos()));
        sink.accept(LineSink.render(line));
    }

    void finish() {
        order.finish();
    }

    long calls() {
        return calls;
    }

    long requests() {
        return requests;
    }

    long sessions() {
        return sessions;
    }

    private void times(ObjectNode line, RequestTrace request) {
        line.put("startTime", WallTime.iso(anchor, request.startNanos()));
        writer.time(line, "start", request.startNanos());
        writer.time(line, "requestEnd", request.requestEndNanos());
        writer.time(line, "head", request.headNanos());
        writer.time(line, "firstEvent", request.firstEventNanos());
        writer.time(line, "done", request.doneNanos());
        line.put("duration", request.durationNanos()).put("answering", request.answeringNanos());
    }

    private static void answer(ObjectNode line, JsonRpcMessage.@Nullable Response answer) {
        if (answer == null) {
            return;
        }
        if (answer.isError()) {
            line.set("error", answer.node().path("error"));
        } else {
            line.set("result", answer.result());
        }
    }

    private static void id(ObjectNode line, @Nullable RpcId id) {
        if (id == null) {
            line.putNull("id");
        } else if (id.number()) {
            line.set(
                    "id",
                    Json.parse(id.text())
                            .orElseGet(() -> Json.mapper().getNodeFactory().stringNode(id.text())));
        } else {
            line.put("id", id.text());
        }
    }
}
