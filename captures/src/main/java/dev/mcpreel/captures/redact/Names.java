package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;

/** How names are compared: without case, and without hyphens, underscores, dots and blanks. */
final class Names {
    /** A longer name is judged by its end. */
    static final int LONGEST = 128;

    private Names() {}

    static String normalised(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return normalised(bytes, 0, bytes.length);
    }

    static String normalised(byte[] bytes, int from, int to) {
        int begin = Math.max(from, to - LONGEST);
        byte[] out = new byte[to - begin];
        int length = 0;
        for (int i = begin; i < to; i++) {
            byte b = bytes[i];
            if (b >= 'A' && b <= 'Z') {
                out[length++] = (byte) (b + 'a' - 'A');
            } else if (b != '-' && b != '_' && b != '.' && b != ' ') {
                out[length++] = b;
            }
        }
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }
}
