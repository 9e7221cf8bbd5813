package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.bind.Binder;
import dev.mcpreel.replay.bind.Bound;
import dev.mcpreel.replay.bind.Results;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes the messages an agent sends: the recorded ones with live ids, tokens and values. Pure. */
final class LiveMessages {
    static final JsonPointer PROGRESS_TOKEN = JsonPointer.compile("/params/_meta/progressToken");

    private LiveMessages() {}

    /**
     * The step's message.
     *
     * @param id the live JSON-RPC id, which is the progress token too, as the SDKs have it; 0 for a notification
     * @return null when a value it needs never came
     */
    static byte @Nullable [] write(ReadyStep ready, long id, Results results) {
        if (ready.written() != null) {
            return ready.written().message(id);
        }
        JsonNode recorded = ready.step().message();
        if (recorded == null) {
            return null;
        }
        Bound bound = Binder.apply(recorded, ready.step().bindings(), results);
        if (!bound.isComplete() || !(bound.message() instanceof ObjectNode message)) {
            return null;
        }
        ObjectNode live = ready.step().bindings().isEmpty() ? message.deepCopy() : message;
        if (id != 0) {
            live.set("id", LongNode.valueOf(id));
            replaceToken(live, id);
        }
        return Json.write(live);
    }

    /** A number stays a number and a string a string; a request without a token asks for no progress. */
    private static void replaceToken(ObjectNode message, long id) {
        JsonNode now = message.at(PROGRESS_TOKEN);
        if (now.isValueNode() && message.at(PROGRESS_TOKEN.head()) instanceof ObjectNode meta) {
            meta.set("progressToken", now.isString() ? StringNode.valueOf(Long.toString(id)) : LongNode.valueOf(id));
        }
    }

    /** An answer to a request of the server. */
    static byte[] answer(JsonNode id, boolean error, JsonNode body) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set(error ? "error" : "result", body);
        return Json.write(answer);
    }
}
