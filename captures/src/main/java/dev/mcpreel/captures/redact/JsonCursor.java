package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;

/**
 * Goes over the tokens of JSON texts that follow one another, and says where each stands. The product's JSON reader would
 * do, but makes a location object for every token and refuses what is nested deep. It takes what careless writers make of JSON,
 * such as NaN, None or a comma too many: else one of them would end the search by names for the rest of a message.
 */
final class JsonCursor {
    enum Token {
        OBJECT,
        ARRAY,
        CLOSE,
        NAME,
        STRING,
        NUMBER,
        /** {@code true} and its like, in any language. */
        LITERAL,
        /** Another word without quotes. */
        WORD,
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

    private static final Set<String> LITERALS = Set.of(
            "true", "false", "null", "True", "False", "None", "nil", "undefined", "NaN", "Infinity", "-Infinity");
    private static final int LONGEST_LITERAL = 9;

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
        at = Chars.behindByteOrderMark(bytes, view.from, view.to);
        end = view.to;
    }

    /** How far it has read. */
    int at() {
        return at;
    }

    /** How many containers are open. */
    int depth() {
        return depth;
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
            if (b == (objects.get(depth) ? '}' : ']')) {
                return close(b);
            }
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
        return bare();
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
        at = end;
        return false;
    }

    /** What has no quotes. Words between texts are none of JSON: such a text is prose that begins with a quote or a bracket. */
    private Token bare() {
        from = at;
        at = Chars.end(bytes, at, end, JsonCursor::isBare);
        to = at;
        if (from == to) {
            return Token.BROKEN;
        }
        boolean begins = Chars.isDigit(bytes[from]) || bytes[from] == '-';
        if (begins && Chars.end(bytes, from, to, JsonCursor::isNumberPart) == to) {
            return Token.NUMBER;
        }
        if (to - from <= LONGEST_LITERAL
                && LITERALS.contains(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))) {
            return Token.LITERAL;
        }
        return depth == 0 ? Token.BROKEN : Token.WORD;
    }

    private void skipBlanks() {
        at = Chars.end(bytes, at, end, JsonCursor::isBlank);
    }

    /** As in JSON; what stands between texts in a sequence of them, RFC 7464; and what ends a text of C. */
    static boolean isBlank(byte b) {
        return Chars.isSpace(b) || b == 0x1E || b == 0;
    }

    private static boolean isBare(byte b) {
        return Chars.isWord(b) || b == '+' || b == '.';
    }

    private static boolean isNumberPart(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
    }
}
