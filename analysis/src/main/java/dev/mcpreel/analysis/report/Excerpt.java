package dev.mcpreel.analysis.report;

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
