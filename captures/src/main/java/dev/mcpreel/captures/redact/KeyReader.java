package dev.mcpreel.captures.redact;

import org.jspecify.annotations.Nullable;

/** The name in front of a colon or an equals sign. */
final class KeyReader {
    private static final int MOST_BLANKS = 8;
    private static final int MOST_CODED = 3;
    private static final String PASS = "pass";

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
            end = behindBrackets(text.part(text.from, end));
        }
        int begin = end;
        while (begin > text.from && end - begin < Names.LONGEST && isName(bytes[begin - 1])) {
            begin--;
        }
        from = quoted ? begin : withPlus(begin, end);
        to = end;
    }

    /** Where the name ends in {@code user[password]}, {@code code[]} and {@code code[0]}. */
    private static int behindBrackets(View name) {
        byte[] bytes = name.bytes;
        int end = name.to;
        int open = end - 1;
        while (open > name.from && end - open < MOST_BLANKS && Chars.isDigit(bytes[open - 1])) {
            open--;
        }
        if (open > name.from && bytes[open - 1] == '[') {
            end = open - 1;
        }
        return end > name.from && bytes[end - 1] == ']' ? end - 1 : end;
    }

    /** In a query a plus is a blank: it is part of a name that begins as a parameter does. */
    private int withPlus(int begin, int end) {
        byte[] bytes = text.bytes;
        int at = begin;
        while (at > text.from && end - at < Names.LONGEST && (isName(bytes[at - 1]) || bytes[at - 1] == '+')) {
            at--;
        }
        boolean parameter = at == text.from ? place == Place.FORM : "?&#".indexOf(bytes[at - 1]) >= 0;
        return parameter ? at : begin;
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
        if (!name.contains((byte) '%') && !name.contains((byte) '+')) {
            return name;
        }
        View plain = Escapes.percent(name, true);
        for (int i = 1; i < MOST_CODED && plain.contains((byte) '%'); i++) {
            plain = Escapes.percent(plain, true);
        }
        if (plain.length() > 2 && Chars.isQuote(plain.bytes[0]) && plain.bytes[plain.to - 1] == plain.bytes[0]) {
            plain = plain.part(1, plain.to - 1);
        }
        boolean brackets = plain.length() > 0 && plain.bytes[plain.to - 1] == ']';
        int end = brackets ? behindBrackets(plain) : plain.to;
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
        if (PASS.equals(rule) && !quoted) {
            // Of tests and requests that did: in a text only "pass" is a member's name.
            return null;
        }
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
