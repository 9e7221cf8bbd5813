package dev.mcpreel.captures.wire;

import dev.mcpreel.captures.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream (WHATWG HTML section 9.2.6).
 *
 * @param name the event name, {@code message} by default
 * @param id the last event id set by this block, or null when it sets none
 * @param data the data lines joined by line feeds
 * @param hasData whether any data line stood in the block; a block without one is no event
 * @param malformed whether the data were no UTF-8, so that there are replacement characters in them
 */
public record SseEvent(String name, @Nullable String id, String data, boolean hasData, boolean malformed) {
    private static final char REPLACEMENT = '\uFFFD';

    /** Reads one block as {@link SseSplitter} cuts it. Costs some five times the block's bytes, however many lines it has. */
    public static SseEvent parse(Bytes block) {
        String text = block.utf8();
        Fields fields = new Fields(text);
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                fields.line(from, i);
                if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        fields.line(from, text.length());
        String data = fields.data();
        boolean malformed = data.indexOf(REPLACEMENT) >= 0 && !isSpelled(text, block);
        return new SseEvent(
                fields.name.isEmpty() ? "message" : fields.name, fields.id, data, fields.hasData, malformed);
    }

    /** Whether it carries something to read: priming events and keep-alives do not. */
    public boolean isMessage() {
        return hasData && !data.isEmpty();
    }

    private static boolean isSpelled(String text, Bytes block) {
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), block.toByteArray());
    }

    /** What the lines have set so far. A line is looked at where it stands: a block may have millions. */
    private static final class Fields {
        private final String text;
        private String name = "";
        private @Nullable String id;
        private boolean hasData;
        private int dataFrom;
        private int dataTo;
        private @Nullable StringBuilder joined;

        Fields(String text) {
            this.text = text;
        }

        /** Comments have an empty field name; unknown fields and retry say nothing about the message. */
        void line(int from, int to) {
            int colon = from;
            while (colon < to && text.charAt(colon) != ':') {
                colon++;
            }
            int value = Math.min(colon + 1, to);
            if (value < to && text.charAt(value) == ' ') {
                value++;
            }
            if (isField("data", from, colon)) {
                addData(value, to);
            } else if (isField("event", from, colon)) {
                name = text.substring(value, to);
            } else if (isField("id", from, colon)) {
                String set = text.substring(value, to);
                id = set.indexOf('\0') < 0 ? set : id;
            }
        }

        private boolean isField(String field, int from, int to) {
            return to - from == field.length() && text.startsWith(field, from);
        }

        private void addData(int from, int to) {
            if (!hasData) {
                hasData = true;
                dataFrom = from;
                dataTo = to;
                return;
            }
            if (joined == null) {
                joined = new StringBuilder(text.length() - dataFrom).append(text, dataFrom, dataTo);
            }
            joined.append('\n').append(text, from, to);
        }

        String data() {
            return joined == null ? text.substring(dataFrom, dataTo) : joined.toString();
        }
    }
}
