package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
        if (request.isCall()) {
            return;
        }
        requests++;
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("kind", "request").put("session", request.sessionId());
        id(line, request.request().id());
        JsonNode params = request.request().node().path("params");
        line.put("method", request.method());
        line.set("params", params.isMissingNode() ? null : params);
        line.put("outcome", request.outcome().label()).put("code", request.code());
        answer(line, request.answer());
        times(line, request);
        writer.time(line, "done", request.doneNanos());
        line.put("duration", request.durationNanos())
                .put("answering", request.answeringNanos())
                .put("service", request.serviceNanos());
        carried(line, request, request);
        line.put("requestBytes", request.requestBytes()).put("responseBytes", request.responseBytes());
        progress(line, request.progressNanos());
        order.add(request.startNanos(), LineSink.render(line));
    }

    @Override
    public void onCall(Call call) {
        calls++;
        RequestTrace first = call.first();
        ObjectNode line = Json.mapper().createObjectNode();
        line.put("kind", "call").put("session", call.sessionId());
        id(line, first.request().id());
        line.put("tool", first.tool());
        JsonNode arguments = first.request().node().path("params").path("arguments");
        line.set("arguments", arguments.isMissingNode() ? null : arguments);
        line.put("callKind", call.kind().label());
        line.put("outcome", call.outcome().label()).put("code", call.code());
        answer(line, call.last().answer());
        times(line, first);
        writer.time(line, "done", call.doneNanos());
        line.put("duration", call.durationNanos())
                .put("answering", call.answeringNanos())
                .put("service", call.serviceNanos());
        carried(line, first, call.last());
        line.put(
                "requestBytes",
                call.legs().stream().mapToLong(RequestTrace::requestBytes).sum());
        line.put(
                "responseBytes",
                call.legs().stream().mapToLong(RequestTrace::responseBytes).sum());
        progress(
                line,
                call.legs().stream()
                        .flatMap(leg -> leg.progressNanos().stream())
                        .toList());
        legs(line, call);
        order.add(call.startNanos(), LineSink.render(line));
    }

    /** Of a call that took several requests. */
    private void legs(ObjectNode line, Call call) {
        if (call.legs().size() < 2) {
            return;
        }
        ArrayNode legs = line.put("polls", call.polls()).putArray("legs");
        for (RequestTrace leg : call.legs()) {
            ObjectNode one = legs.addObject().put("method", leg.method());
            id(one, leg.request().id());
            one.put("exchange", leg.exchangeId()).put("revision", leg.revision());
            writer.time(one, "start", leg.startNanos());
            writer.time(one, "done", leg.doneNanos());
            one.put("outcome", leg.outcome().label()).put("code", leg.code());
        }
    }

    /** What carried it, and what brought its answer where that was another exchange. */
    private static void carried(ObjectNode line, RequestTrace first, RequestTrace last) {
        line.put("transport", first.transportId())
                .put("era", Labels.of(first.era().era()));
        line.put("revision", first.revision());
        line.put("exchange", first.exchangeId()).put("instance", first.instance());
        if (last.answer() != null && last.answeredOn() != first.exchangeId()) {
            line.put("answeredOn", last.answeredOn());
        }
    }

    private void progress(ObjectNode line, List<Long> nanos) {
        if (!nanos.isEmpty()) {
            ArrayNode progress = line.putArray("progress");
            nanos.forEach(at -> progress.add(writer.sinceAnchor(at)));
        }
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
