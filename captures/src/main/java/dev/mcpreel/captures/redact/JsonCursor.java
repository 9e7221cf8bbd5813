package dev.mcpreel.captures.redact;

import java.util.BitSet;

/**
 * Goes over the tokens of JSON texts that follow one another, and says where each stands. The product's JSON reader would
 * do, but makes a location object for every token and refuses what is nested deep.
 */
final class JsonCursor {
    enum Token {
        OBJECT,
        ARRAY,
        CLOSE,
        NAME,
        STRING,
        NUMBER,
        LITERAL,
        /** Nothing more. */
        END,
        /** From here on it is no JSON. */
        BROKEN
    }

    private enum Expected {
        TEXT,
        VALUE,
        FIRST_ELEMENT,
        FIRST_NAME,
        NAME,
        AFTER_VALUE
    }

    private final byte[] bytes;
    private final int end;
    private final BitSet objects = new BitSet();
    private Expected expected = Expected.TEXT;
    private int at;
    private int depth;
    private int from;
    private int to;
    private boolean escaped;

    JsonCursor(View view) {
        bytes = view.bytes;
        at = view.from;
        end = view.to;
        if (end - at >= 3 && bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
    }

    /** Where the token's text begins: inside the quotes. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** Whether the name or string has escapes. */
    boolean escaped() {
        return escaped;
    }

    Token next() {
        skipBlanks();
        if (expected == Expected.AFTER_VALUE && depth == 0) {
            expected = Expected.TEXT;
        }
        if (at == end) {
            return expected == Expected.TEXT ? Token.END : Token.BROKEN;
        }
        byte b = bytes[at];
        if (expected == Expected.AFTER_VALUE) {
            if (b != ',') {
                return close(b);
            }
            at++;
            expected = objects.get(depth) ? Expected.NAME : Expected.VALUE;
            skipBlanks();
            if (at == end) {
                return Token.BROKEN;
            }
            b = bytes[at];
        }
        return switch (expected) {
            case FIRST_NAME -> b == '}' ? close(b) : name();
            case NAME -> name();
            case FIRST_ELEMENT -> b == ']' ? close(b) : value(b);
            case TEXT, VALUE, AFTER_VALUE -> value(b);
        };
    }

    private Token close(byte b) {
        if (b != (objects.get(depth) ? '}' : ']')) {
            return Token.BROKEN;
        }
        at++;
        depth--;
        expected = Expected.AFTER_VALUE;
        return Token.CLOSE;
    }

    private Token name() {
        if (!string()) {
            return Token.BROKEN;
        }
        skipBlanks();
        if (at == end || bytes[at] != ':') {
            return Token.BROKEN;
        }
        at++;
        expected = Expected.VALUE;
        return Token.NAME;
    }

    private Token value(byte b) {
        if (b == '{' || b == '[') {
            at++;
            objects.set(++depth, b == '{');
            expected = b == '{' ? Expected.FIRST_NAME : Expected.FIRST_ELEMENT;
            return b == '{' ? Token.OBJECT : Token.ARRAY;
        }
        expected = Expected.AFTER_VALUE;
        if (b == '"') {
            return string() ? Token.STRING : Token.BROKEN;
        }
        if (b == '-' || (b >= '0' && b <= '9')) {
            return number();
        }
        return literal("true") || literal("false") || literal("null") ? Token.LITERAL : Token.BROKEN;
    }

    private boolean string() {
        if (bytes[at] != '"') {
            return false;
        }
        escaped = false;
        from = at + 1;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                to = i;
                at = i + 1;
                return true;
            }
            if (b == '\\') {
                escaped = true;
                i++;
            }
        }
        return false;
    }

    private Token number() {
        from = at++;
        while (at < end && isNumberPart(bytes[at])) {
            at++;
        }
        to = at;
        return Token.NUMBER;
    }

    private boolean literal(String word) {
        if (end - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        from = at;
        at += word.length();
        to = at;
        return true;
    }

    private void skipBlanks() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private static boolean isNumberPart(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
    }
}
