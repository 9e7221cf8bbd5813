package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a request and its answer down to what a session keeps of them when it keeps no exchanges: no arguments, no results. */
final class Trim {
    /** Of names, addresses and messages. */
    private static final int LONGEST = 1_024;

    private Trim() {}

    static RequestTrace of(RequestTrace full) {
        return new RequestTrace(
                full.sessionId(),
                full.transportId(),
                full.exchangeId(),
                full.place(),
                full.era(),
                request(full.request()),
                full.times(),
                full.outcome(),
                full.code(),
                answer(full.answer()),
                full.answeredOn(),
                full.instance(),
                full.requestBytes(),
                full.responseBytes());
    }

    private static JsonRpcMessage.Request request(JsonRpcMessage.Request full) {
        ObjectNode node = copy(full.node(), "jsonrpc", "id", "method");
        ObjectNode params = copy(full.node().path("params"), "name", "uri");
        if (!params.isEmpty()) {
            node.set("params", params);
        }
        return new JsonRpcMessage.Request(full.id(), full.method(), node);
    }

    private static JsonRpcMessage.@Nullable Response answer(JsonRpcMessage.@Nullable Response full) {
        if (full == null) {
            return null;
        }
        ObjectNode node = copy(full.node(), "jsonrpc", "id");
        if (full.isError()) {
            node.set("error", copy(full.node().path("error"), "code", "message"));
        } else {
            node.set("result", copy(full.result(), "isError", "resultType"));
        }
        return new JsonRpcMessage.Response(full.id(), node);
    }

    private static ObjectNode copy(JsonNode from, String... members) {
        ObjectNode node = Json.mapper().createObjectNode();
        for (String member : members) {
            JsonNode value = from.get(member);
            if (value != null && value.isString() && value.stringValue().length() > LONGEST) {
                node.put(member, value.stringValue().substring(0, LONGEST));
            } else if (value != null && value.isValueNode()) {
                node.set(member, value);
            }
        }
        return node;
    }
}
