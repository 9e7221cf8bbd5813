package dev.mcpreel.analysis.waterfall;

import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What requests are called, and what answered them. */
final class Labels {
    private Labels() {}

    /** The tool of a call; else the method with the name or URI it is about. */
    static String of(RequestTrace request) {
        if (request.isCall()) {
            String tool = request.tool();
            return tool == null ? "tools/call" : tool;
        }
        return of(request.request());
    }

    static String of(JsonRpcMessage.Request request) {
        JsonNode params = request.node().path("params");
        String about = params.path("name").isString()
                ? params.path("name").stringValue()
                : params.path("uri").isString() ? params.path("uri").stringValue() : "";
        return about.isEmpty() ? request.method() : request.method() + " " + about;
    }

    /** The result or the error; null when there is neither. */
    static @Nullable JsonNode answer(RequestTrace request) {
        return request.answer() == null ? null : answer(request.answer());
    }

    static JsonNode answer(JsonRpcMessage.Response response) {
        return response.isError() ? response.node().path("error") : response.result();
    }
}
