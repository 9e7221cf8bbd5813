package dev.mcpreel.captures.transfer;

import java.util.Locale;

/**
 * JSON that may be shown on a terminal or stand in a script: what JSON leaves as it is and a terminal or an editor would
 * obey becomes an escape. Such characters stand only in strings, so the JSON means the same.
 */
final class SafeText {
    private SafeText() {}

    static String json(String json) {
        StringBuilder safe = null;
        for (int at = 0; at < json.length(); ) {
            int point = json.codePointAt(at);
            int next = at + Character.charCount(point);
            if (isUnsafe(point) && safe == null) {
                safe = new StringBuilder(json.length() + 16).append(json, 0, at);
            }
            if (safe != null && isUnsafe(point)) {
                for (; at < next; at++) {
                    safe.append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(at)));
                }
            } else if (safe != null) {
                safe.appendCodePoint(point);
            }
            at = next;
        }
        return safe == null ? json : safe.toString();
    }

    /** Controls above ASCII, line ends that only JavaScript knows, what hides or turns text, and halves of characters. */
    private static boolean isUnsafe(int point) {
        if (point < 0x7f) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
