package dev.mcpreel.captures.wire;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream (WHATWG HTML section 9.2.6).
 *
 * @param name the event name, {@code message} by default
 * @param id the last event id set by this block, or null when it sets none
 * @param data the data lines joined by line feeds
 * @param hasData whether any data line stood in the block; a block without one is no event
 */
public record SseEvent(String name, @Nullable String id, String data, boolean hasData) {
    /** Reads one block as {@link SseSplitter} cuts it. */
    public static SseEvent parse(Bytes block) {
        String name = "";
        String id = null;
        List<String> data = new ArrayList<>(1);
        for (String line : lines(block.utf8())) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            if (value.startsWith(" ")) {
                value = value.substring(1);
            }
            switch (field) {
                case "event" -> name = value;
                case "data" -> data.add(value);
                case "id" -> id = value.indexOf('\0') < 0 ? value : id;
                default -> {
                    // Comments have an empty field name; unknown fields and retry say nothing about the message.
                }
            }
        }
        return new SseEvent(name.isEmpty() ? "message" : name, id, String.join("\n", data), !data.isEmpty());
    }

    /** Whether it carries something to read: priming events and keep-alives do not. */
    public boolean isMessage() {
        return hasData && !data.isEmpty();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(4);
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.add(text.substring(from, i));
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }
}
