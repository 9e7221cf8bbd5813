package dev.mcpreel.captures.redact;

/** Finds where the value behind a secret key begins and ends in a text, and hands it over. Rather too much than too little. */
record ValueReader(View text, Scan out) {
    private static final int LONGEST_NEXT_KEY = 64;

    private static final int MOST_EMPHASIS = 4;
    private static final int LONGEST_BRACKET = 512;

    /** Has pairs with semicolons in it. */
    private static final String CONNECTION = "*connectionstring";

    /** JSON in JSON doubles them: with more, nobody means a quote. */
    private static final int MOST_BACKSLASHES = 255;

    /** Reads the value behind a delimiter, and says where to go on. */
    int after(int delimiter, String rule, boolean quotedKey) {
        byte[] bytes = text.bytes;
        boolean colon = bytes[delimiter] == ':';
        int at = delimiter + 1;
        if (colon && at < text.to && bytes[at] == ':') {
            return at;
        }
        if (at < text.to && (bytes[at] == '=' || (!colon && bytes[at] == '>'))) {
            at++;
        }
        int emphasis = Chars.end(bytes, at, Math.min(text.to, at + MOST_EMPHASIS), b -> isEmphasis(b) || b == '`');
        if (emphasis > at && emphasis < text.to && Chars.isBlank(bytes[emphasis])) {
            // The end of what stands out, as in **API key:** x
            at = emphasis;
        }
        at = Chars.end(bytes, at, text.to, Chars::isBlank);
        if (colon && !quotedKey) {
            at = Chars.end(bytes, at, Math.min(text.to, at + MOST_EMPHASIS), b -> b == '*');
        }
        return Math.max(delimiter + 1, read(at, rule, quotedKey, !colon || quotedKey));
    }

    private static boolean isEmphasis(byte b) {
        return b == '*' || b == '_';
    }

    /**
     * Reads the value that begins here.
     *
     * @param strong whether the value is surely the key's: of prose behind a colon only what has digits is
     * @return where to go on reading
     */
    int read(int at, String rule, boolean quotedKey, boolean strong) {
        byte[] bytes = text.bytes;
        int quote = Chars.end(bytes, at, text.to, b -> b == '\\');
        if (quote < text.to && quote - at <= MOST_BACKSLASHES && Chars.isQuote(bytes[quote])) {
            return quoted(quote, quote - at, rule);
        }
        int close = at == text.to ? at : partner(at, strong && !quotedKey);
        if (close > at + 1) {
            replace(at + 1, close, rule, strong || Chars.hasDigit(bytes, at, close));
            return close + 1;
        }
        if (at == text.to || isNoValue(at, rule)) {
            return at;
        }
        int end = Values.isLine(rule)
                ? lineEnd(at)
                : quotedKey
                        ? Chars.end(bytes, at, text.to, ValueReader::inJsonScalar)
                        : rule.equals(CONNECTION) ? Chars.end(bytes, at, text.to, ValueReader::inWords) : runEnd(at);
        while (end > at + 1 && bytes[end - 1] == '*' && bytes[at - 1] == '*') {
            end--;
        }
        replace(at, end, rule, strong || Chars.hasDigit(bytes, at, end));
        return end;
    }

    /**
     * Where the bracket around a value closes, as in {@code PWD={x}}; the given place when there is none. Blanks in it make it prose or
     * code but in braces, quotes make it JSON, and what has no digit behind a colon is markup or to be filled in.
     */
    private int partner(int at, boolean strong) {
        byte[] bytes = text.bytes;
        int kind = "{[<".indexOf(bytes[at]);
        if (kind < 0 || (at + 1 < text.to && bytes[at + 1] == bytes[at])) {
            return at;
        }
        byte partner = (byte) "}]>".charAt(kind);
        boolean blanks = kind == 0 && strong;
        int most = Math.min(text.to, at + LONGEST_BRACKET);
        int end = Chars.end(
                bytes,
                at + 1,
                most,
                b -> b != partner && !Chars.isQuote(b) && !Chars.isLineEnd(b) && (blanks || !Chars.isSpace(b)));
        boolean closed = end < most && bytes[end] == partner;
        return closed && (strong || Chars.hasDigit(bytes, at, end)) ? end : at;
    }

    private static boolean inWords(byte b) {
        return !Chars.isSpace(b) && !Chars.isQuote(b);
    }

    /** Credentials and cookies have blanks and quoted parts in them; a quote that is none of these is around all of it. */
    private int lineEnd(int from) {
        byte[] bytes = text.bytes;
        int at = from;
        while (at < text.to && !Chars.isLineEnd(bytes[at])) {
            byte b = bytes[at];
            if (b == '"' || b == '\'') {
                int before = at;
                while (before > from && bytes[before - 1] == '\\') {
                    before--;
                }
                boolean apostrophe = b == '\''
                        && at > from
                        && at + 1 < text.to
                        && Chars.isWord(bytes[at - 1])
                        && Chars.isWord(bytes[at + 1]);
                if (before > from && opensPart(bytes[before - 1])) {
                    at = Chars.end(bytes, at + 1, text.to, c -> c != b && !Chars.isLineEnd(c));
                    if (at == text.to || bytes[at] != b) {
                        return at;
                    }
                } else if (!apostrophe) {
                    return before;
                }
            }
            at++;
        }
        return at;
    }

    private static boolean opensPart(byte before) {
        return before == '=' || before == ',' || before == '(' || Chars.isBlank(before);
    }

    /** Where the value of a parameter ends. */
    static int parameterEnd(View text, int from, Place place, boolean matrix) {
        byte[] bytes = text.bytes;
        if (place == Place.FORM) {
            return Chars.end(bytes, from, text.to, b -> b != '&' && !Chars.isLineEnd(b));
        }
        if (place == Place.TARGET) {
            return Chars.end(
                    bytes,
                    from,
                    text.to,
                    b -> b != '&' && b != '#' && !Chars.isSpace(b) && !(matrix && (b == ';' || b == '/' || b == '?')));
        }
        int end = Chars.end(
                bytes,
                from,
                text.to,
                b -> b != '&'
                        && b != '#'
                        && b != '\\'
                        && b != '<'
                        && b != '>'
                        && !Chars.isQuote(b)
                        && !Chars.isSpace(b));
        return Chars.withoutTrailingMarks(bytes, from, end);
    }

    private void replace(int from, int to, String rule, boolean learn) {
        Values.replace(text.part(from, to), rule, learn, out);
    }

    /** Up to the same quote, with as many backslashes before it; to the end of the line where there is none. */
    private int quoted(int quote, int slashes, String rule) {
        byte[] bytes = text.bytes;
        int run = 0;
        int at = quote + 1;
        for (; at < text.to && !Chars.isLineEnd(bytes[at]); at++) {
            if (bytes[at] == '\\') {
                run++;
                continue;
            }
            boolean closes = bytes[at] == bytes[quote] && (slashes == 0 ? run % 2 == 0 : run <= slashes);
            if (closes) {
                View inside = text.part(quote + 1, slashes == 0 ? at : at - run);
                boolean escaped = slashes == 0 && inside.contains((byte) '\\');
                Values.replace(escaped ? Escapes.json(inside) : inside, rule, true, out);
                return at + 1;
            }
            run = 0;
        }
        int end = bytes[quote] == '"' ? at : runEnd(quote + 1);
        replace(quote + 1, end, rule, true);
        return end;
    }

    /** What begins something else than a value, and paths behind pwd, which is also the working directory. */
    private boolean isNoValue(int at, String rule) {
        byte[] bytes = text.bytes;
        byte first = bytes[at];
        int end = Chars.end(bytes, at, text.to, Chars::isLetter);
        String word = text.ascii(at, Math.min(end, at + 6));
        boolean literal = (end == text.to || !Chars.isWord(bytes[end]))
                && (word.equals("true") || word.equals("false") || word.equals("null"));
        return first == '{'
                || first == '['
                || first == '<'
                || Chars.isLineEnd(first)
                || Chars.startsWith(bytes, at, text.to, "${")
                || literal
                || isFolder(text.part(at, text.to), rule);
    }

    /** The value of pwd is a password, or the folder a shell is in. */
    static boolean isFolder(View value, String rule) {
        return rule.equals("*pwd")
                && value.length() > 0
                && (value.bytes[value.from] == '/'
                        || value.bytes[value.from] == '~'
                        || (value.length() > 2 && value.bytes[value.from + 1] == ':'));
    }

    private static boolean inJsonScalar(byte b) {
        return !Chars.isSpace(b) && b != ',' && b != '}' && b != ']';
    }

    private int runEnd(int from) {
        byte[] bytes = text.bytes;
        int end = from;
        while (end < text.to && !endsRun(end)) {
            end++;
        }
        int quoted = end < text.to && Chars.isQuote(bytes[end]) ? end : from;
        while (quoted > from && bytes[quoted - 1] == '\\') {
            quoted--;
        }
        return Chars.withoutTrailingMarks(bytes, from, quoted > from ? quoted : end);
    }

    /** Marks may be part of a value: they end it where something begins behind them that is not. */
    private boolean endsRun(int at) {
        byte[] bytes = text.bytes;
        byte b = bytes[at];
        boolean last = at + 1 == text.to;
        return switch (b) {
            case ',', ';', '&' -> isPairNext(at + 1);
            case '<' -> !last && (bytes[at + 1] == '/' || Chars.isLetter(bytes[at + 1]));
            case '"', '\'', '`' -> last || !Chars.isAlphanumeric(bytes[at + 1]);
            default -> Chars.isSpace(b);
        };
    }

    /** Whether another key follows: {@code password=a,b} is one value, {@code password=a,user=b} two. */
    private boolean isPairNext(int at) {
        byte[] bytes = text.bytes;
        int most = Math.min(text.to, at + LONGEST_NEXT_KEY);
        int name = Chars.end(bytes, at, most, Chars::isBlank);
        int end = Chars.end(bytes, name, most, b -> Chars.isWord(b) || b == '.' || b == ' ');
        return end > name && end < text.to && (bytes[end] == '=' || bytes[end] == ':');
    }
}
