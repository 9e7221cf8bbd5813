package dev.mcpreel.captures.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the legs of a request that the server answered with questions of its own (revision 2026-07-28, basic/patterns/mrtr,
 * and tasks of the extension). Pure.
 */
public final class InputRequired {
    private InputRequired() {}

    /** The state a server gives out with its questions or with a task, to be sent back as it is; null for none. */
    public static @Nullable String requestState(JsonRpcMessage.Response answer) {
        return text(answer.result().path("requestState"));
    }

    /** The state a request brings back; null for none. */
    public static @Nullable String requestState(JsonRpcMessage.Request request) {
        return text(request.node().path("params").path("requestState"));
    }

    /** The keys of the questions in an answer, in their order; empty for none. */
    public static List<String> inputRequests(JsonRpcMessage.Response answer) {
        return keys(answer.result().path("inputRequests"));
    }

    /** The keys of the questions a request answers, in their order; empty for none. */
    public static List<String> inputResponses(JsonRpcMessage.Request request) {
        return keys(request.node().path("params").path("inputResponses"));
    }

    private static List<String> keys(JsonNode node) {
        return node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
