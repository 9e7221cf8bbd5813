package dev.mcpreel.captures.redact;

import org.jspecify.annotations.Nullable;

/** The name in front of a colon or an equals sign. */
final class KeyReader {
    private static final int MOST_BLANKS = 8;

    private final View text;
    private final int delimiter;
    private final Place place;
    private final int from;
    private final int to;
    private final boolean quoted;

    KeyReader(View text, int delimiter, Place place) {
        this.text = text;
        this.delimiter = delimiter;
        this.place = place;
        byte[] bytes = text.bytes;
        int end = delimiter;
        while (end > text.from && delimiter - end < MOST_BLANKS && Chars.isBlank(bytes[end - 1])) {
            end--;
        }
        while (end > text.from && delimiter - end < MOST_BLANKS && bytes[end - 1] == '*') {
            // As in **API key**: x
            end--;
        }
        quoted = end > text.from && Chars.isQuote(bytes[end - 1]);
        if (quoted) {
            end--;
            while (end > text.from && delimiter - end < Names.LONGEST && bytes[end - 1] == '\\') {
                end--;
            }
        } else if (end > text.from && bytes[end - 1] == ']') {
            // As in user[password]=x
            end--;
        }
        int begin = end;
        while (begin > text.from && end - begin < Names.LONGEST && isName(bytes[begin - 1])) {
            begin--;
        }
        from = begin;
        to = end;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean quoted() {
        return quoted;
    }

    boolean beginsText() {
        return from == text.from;
    }

    /** Whether it is the name of a parameter in a query or a form. */
    boolean inQuery() {
        if (text.bytes[delimiter] != '=' || quoted || from == to) {
            return false;
        }
        if (from == text.from) {
            return place == Place.FORM;
        }
        byte before = text.bytes[from - 1];
        return before == '?'
                || before == '&'
                || before == '#'
                || isMatrix()
                || place == Place.FORM
                || (place == Place.TARGET && before == '[');
    }

    /** Whether it is a parameter of a path segment, as {@code ;jsessionid=x}. */
    boolean isMatrix() {
        return place == Place.TARGET && from > text.from && text.bytes[from - 1] == ';';
    }

    /** The name without percent signs; of {@code user[password]} what is in the brackets. */
    View decodedName() {
        View name = text.part(from, to);
        if (!name.contains((byte) '%')) {
            return name;
        }
        View plain = Escapes.percent(name, true);
        int end = plain.length() > 0 && plain.bytes[plain.to - 1] == ']' ? plain.to - 1 : plain.to;
        int begin = end;
        while (begin > plain.from && plain.bytes[begin - 1] != '[') {
            begin--;
        }
        return plain.part(begin, end);
    }

    /** Looks the name up; in prose also two words, as in {@code API key: x}. */
    @Nullable
    String rule(KeyRules keys, Place where) {
        byte[] bytes = text.bytes;
        String rule = keys.rule(bytes, from, to);
        boolean second = rule == null
                && !quoted
                && where == Place.TEXT
                && from < to
                && from - 2 >= text.from
                && bytes[from - 1] == ' '
                && Chars.isWord(bytes[from - 2]);
        if (!second) {
            return rule;
        }
        int begin = from - 1;
        while (begin > text.from && from - begin < Names.LONGEST && Chars.isWord(bytes[begin - 1])) {
            begin--;
        }
        return keys.rule(bytes, begin, to);
    }

    private boolean isName(byte b) {
        return Chars.isWord(b) || b == '.' || (quoted ? b == ' ' : b == '%');
    }
}
