package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.wire.Json;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * JSON to be read by programs and, often enough, by people in a terminal: what is no plain character stands there as an
 * escape, which is the same value to a program. Halves of surrogate pairs, which no encoding could write, too.
 */
public final class JsonText {
    private JsonText() {}

    /** Indented, ended by a line feed. */
    public static String pretty(JsonNode node) {
        return escape(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node)) + "\n";
    }

    /** On one line, without its end. */
    static String line(JsonNode node) {
        return escape(node.toString());
    }

    /** Outside of texts JSON is ASCII, so whatever is not stands in a text. */
    private static String escape(String json) {
        StringBuilder out = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); ) {
            int point = json.codePointAt(i);
            int next = i + Character.charCount(point);
            if (point < 0x7f || TerminalText.isPlain(point)) {
                out.appendCodePoint(point);
            } else {
                for (; i < next; i++) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(i)));
                }
            }
            i = next;
        }
        return out.toString();
    }
}
