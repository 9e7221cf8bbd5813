package dev.mcpreel.captures.wire;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON-RPC messages of a body or of an event's data. Tolerant: members may stand in any order, a batch is
 * read as its messages (revision 2025-03-26), and what is no JSON-RPC message is left out.
 */
public final class JsonRpcReader {
    private JsonRpcReader() {}

    /** The messages in the order they stand; empty when the bytes hold none. */
    public static List<JsonRpcMessage> read(Bytes body) {
        return body.isEmpty() ? List.of() : read(body.toByteArray());
    }

    /** The messages in the order they stand; empty when the bytes hold none. */
    public static List<JsonRpcMessage> read(byte[] utf8) {
        JsonNode root = Json.parse(utf8).orElse(null);
        if (root == null) {
            return List.of();
        }
        List<JsonRpcMessage> messages = new ArrayList<>(1);
        if (root.isArray()) {
            for (JsonNode member : root) {
                add(messages, member);
            }
        } else {
            add(messages, root);
        }
        return messages;
    }

    private static void add(List<JsonRpcMessage> messages, JsonNode node) {
        JsonRpcMessage message = message(node);
        if (message != null) {
            messages.add(message);
        }
    }

    private static @Nullable JsonRpcMessage message(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        JsonNode method = node.path("method");
        if (method.isString()) {
            return node.has("id")
                    ? new JsonRpcMessage.Request(RpcId.of(node.get("id")), method.stringValue(), node)
                    : new JsonRpcMessage.Notification(method.stringValue(), node);
        }
        return node.has("result") || node.has("error")
                ? new JsonRpcMessage.Response(RpcId.of(node.get("id")), node)
                : null;
    }
}
