package dev.mcpreel.proxy.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text taken out of an encoding, and where in it each of its characters stood. Bytes above 127 are taken for one
 * character each: what is looked for in such texts is ASCII. Built by one thread, then only read.
 */
final class LocatedText {
    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[64];
    private int end;

    /** The content of an HTTP quoted string, RFC 9110 section 5.6.4, in the range of the field. */
    static LocatedText quoted(String field, int from, int to) {
        LocatedText located = new LocatedText();
        for (int i = from; i < to; i++) {
            int start = i;
            if (field.charAt(i) == '\\' && i + 1 < to) {
                i++;
            }
            located.add(field.charAt(i), start);
        }
        located.end = to;
        return located;
    }

    /** A part of a field that stands for itself. */
    static LocatedText bare(String field, int from, int to) {
        LocatedText located = new LocatedText();
        for (int i = from; i < to; i++) {
            located.add(field.charAt(i), i);
        }
        located.end = to;
        return located;
    }

    /** The content of a valid JSON string in UTF-8, RFC 8259 section 7, in the range of the bytes. */
    static LocatedText json(byte[] utf8, int from, int to) {
        LocatedText located = new LocatedText();
        int i = from;
        while (i < to) {
            int start = i;
            char c = (char) (utf8[i] & 0xff);
            if (c == '\\') {
                char escape = (char) utf8[i + 1];
                boolean hex = escape == 'u';
                located.add(hex ? hex(utf8, i + 2) : unescaped(escape), start);
                i += hex ? 6 : 2;
            } else {
                located.add(c, start);
                i++;
            }
        }
        located.end = to;
        return located;
    }

    /** Adds bytes that stand for themselves. */
    void addBytes(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            add((char) (bytes[i] & 0xff), i);
        }
        end = to;
    }

    private void add(char c, int offset) {
        if (text.length() == offsets.length) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        offsets[text.length()] = offset;
        text.append(c);
    }

    private static char hex(byte[] utf8, int at) {
        return (char) Integer.parseInt(new String(utf8, at, 4, StandardCharsets.US_ASCII), 16);
    }

    private static char unescaped(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    String text() {
        return text.toString();
    }

    /** Where a character stood; at the text's length, where the text ended. */
    int offset(int index) {
        return index == text.length() ? end : offsets[index];
    }
}
