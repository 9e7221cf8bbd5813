package dev.mcpreel.captures.transfer;

import java.util.Locale;

/**
 * JSON that may be shown on a terminal or stand in a script: what JSON leaves as it is and a terminal or an editor would
 * obey becomes an escape. Such characters stand only in strings, so the JSON means the same.
 */
final class SafeText {
    private SafeText() {}

    static String json(String json) {
        int at = 0;
        while (at < json.length() && !isUnsafe(json.charAt(at))) {
            at++;
        }
        if (at == json.length()) {
            return json;
        }
        StringBuilder safe = new StringBuilder(json.length() + 16).append(json, 0, at);
        for (; at < json.length(); at++) {
            char c = json.charAt(at);
            if (isUnsafe(c)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** DEL and the C1 controls, line ends that only JavaScript knows, marks that turn the reading direction, a byte order mark. */
    private static boolean isUnsafe(char c) {
        return (c >= 0x7F && c <= 0x9F)
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0xFEFF;
    }
}
