package dev.mcpreel.captures.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One JSON-RPC 2.0 message as read from the wire. The tree is the whole message and must not be changed.
 */
public sealed interface JsonRpcMessage {
    /** The whole message. */
    JsonNode node();

    /**
     * Asks for an answer.
     *
     * @param id null when the sender wrote {@code "id": null}, which some do although MCP forbids it
     */
    record Request(@Nullable RpcId id, String method, JsonNode node) implements JsonRpcMessage {
        /** The {@code name} a tools/call or prompts/get asks for, or null. */
        public @Nullable String name() {
            return text(node.path("params").path("name"));
        }

        /** The tool of a tools/call, or null for every other method. */
        public @Nullable String tool() {
            return method.equals("tools/call") ? name() : null;
        }
    }

    /** Tells something and wants no answer. */
    record Notification(String method, JsonNode node) implements JsonRpcMessage {}

    /**
     * Answers a request, with a result or an error.
     *
     * @param id null when the server could not tell which request it answers
     */
    record Response(@Nullable RpcId id, JsonNode node) implements JsonRpcMessage {
        public boolean isError() {
            return node.has("error");
        }

        /** The error code, 0 when there is no error or its code is no integer. */
        public int errorCode() {
            JsonNode code = node.path("error").path("code");
            return code.canConvertToInt() ? code.intValue() : 0;
        }

        /** The error's message; empty when there is none. */
        public String errorMessage() {
            String message = text(node.path("error").path("message"));
            return message == null ? "" : message;
        }

        /** The result, a missing node when there is none. */
        public JsonNode result() {
            return node.path("result");
        }

        /** Whether a tool reported its own failure (CallToolResult {@code isError}). */
        public boolean isToolError() {
            JsonNode flag = result().path("isError");
            return flag.isBoolean() && flag.booleanValue();
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
