package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a message carried, in a few words: escaped, and on one line. */
final class Excerpt {
    private static final int NAMES = 40;

    private Excerpt() {}

    /** Compact JSON, less what a protocol adds to every message; empty when nothing else is there. */
    static String json(JsonNode node) {
        JsonNode own = node instanceof ObjectNode members && members.has("_meta")
                ? members.deepCopy().without("_meta")
                : node;
        return own.isObject() && own.isEmpty() ? "" : TerminalText.escapeJson(own.toString());
    }

    /** What the server asks the agent or its user in words, else the parameters as JSON. */
    static String asked(JsonNode params) {
        JsonNode messages = params.path("messages");
        if (messages.isArray() && !messages.isEmpty()) {
            return message(messages);
        }
        boolean elicits = params.path("message").isString() && (params.has("requestedSchema") || params.has("url"));
        return elicits ? line(params.path("message").stringValue()) : json(params);
    }

    /** The last of several says what is wanted. */
    private static String message(JsonNode messages) {
        JsonNode content = messages.get(messages.size() - 1).path("content");
        return content(
                content.isArray() ? content : Json.mapper().createArrayNode().add(content));
    }

    /** The text of a result, an error's message, or JSON where there is nothing better. */
    static String answer(JsonNode answer) {
        if (answer.path("content").isArray() && !answer.path("content").isEmpty()) {
            return content(answer.path("content"));
        }
        if (answer.path("message").isString() && answer.has("code")) {
            return line(answer.path("message").stringValue());
        }
        if (answer.path("tools").isArray()) {
            return tools(answer.path("tools"));
        }
        if (answer.path("action").isString() && !answer.has("resultType")) {
            String given = json(answer.path("content"));
            return line(answer.path("action").stringValue())
                    + (answer.path("content").isObject() ? " " + given : "");
        }
        if (answer.path("content").path("type").isString() && answer.has("role")) {
            return content(Json.mapper().createArrayNode().add(answer.path("content")));
        }
        if (answer.path("messages").isArray() && !answer.path("messages").isEmpty()) {
            return message(answer.path("messages"));
        }
        if (answer.path("inputRequests").isObject()
                && !answer.path("inputRequests").isEmpty()) {
            return wishes(answer.path("inputRequests"));
        }
        JsonNode task = answer.path("task").isObject() ? answer.path("task") : answer;
        if (task.path("taskId").isString() && task.path("status").isString()) {
            return line("task " + task.path("status").stringValue() + ", "
                    + task.path("taskId").stringValue());
        }
        return json(answer.has("structuredContent") ? answer.path("structuredContent") : answer);
    }

    private static String content(JsonNode items) {
        List<String> parts = new ArrayList<>();
        for (JsonNode item : items) {
            if (item.path("text").isString()) {
                parts.add(line(item.path("text").stringValue()));
            } else {
                String what = item.path("type").asString("content");
                String kind = item.path("mimeType").asString(item.path("uri").asString(""));
                parts.add(line("[" + what + (kind.isEmpty() ? "" : " " + kind) + "]"));
            }
        }
        return String.join(" ", parts);
    }

    private static String wishes(JsonNode asked) {
        List<String> wishes = new ArrayList<>();
        asked.forEachEntry((name, wish) -> {
            if (wishes.size() < NAMES) {
                wishes.add(line(name + " (" + wish.path("method").asString("?") + ")"));
            }
        });
        return "asks for " + String.join(", ", wishes);
    }

    private static String tools(JsonNode tools) {
        List<String> names = new ArrayList<>();
        for (JsonNode tool : tools) {
            if (names.size() < NAMES) {
                names.add(line(tool.path("name").asString("?")));
            }
        }
        String count = tools.size() + (tools.size() == 1 ? " tool" : " tools");
        return names.isEmpty() ? count : count + ": " + String.join(", ", names);
    }

    private static String line(String text) {
        return TerminalText.escape(text.strip().replaceAll("\\s+", " "));
    }
}
