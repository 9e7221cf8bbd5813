package dev.mcpreel.captures.redact;

import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in texts that are no JSON: behind their keys, in URLs, and by their shapes. One pass over the bytes; they need
 * not be UTF-8, only ASCII where the secrets are. Not thread-safe.
 */
final class TextScan {
    private static final int DEEPEST_URL = 3;

    private final KeyRules keys;
    private final TokenShapes shapes;
    private final Paths paths;
    private final RedactionPolicy policy;
    private final Content content;
    private final int depth;
    private @Nullable TextScan inner;

    /** Where the last path ends: a URL inside of it has been looked at with it. */
    private int pathEnd;

    TextScan(RedactionPolicy policy, KeyRules keys, Content content) {
        this(policy, keys, content, 0);
    }

    private TextScan(RedactionPolicy policy, KeyRules keys, Content content, int depth) {
        this.content = content;
        this.policy = policy;
        this.keys = keys;
        this.shapes = new TokenShapes(policy);
        this.paths = new Paths(policy, keys, this::inside);
        this.depth = depth;
    }

    void scan(View text, Place place, Scan out) {
        out.text(text);
        walk(text, place, out);
    }

    private void walk(View text, Place place, Scan out) {
        pathEnd = text.from;
        if (place == Place.TARGET && text.length() > 0) {
            int authority = Paths.authority(text);
            if (authority >= 0) {
                pathEnd = paths.url(text, authority, true, out);
            } else if (text.bytes[text.from] == '/') {
                pathEnd = paths.path(text, text.from, true, out);
            }
        }
        byte[] bytes = text.bytes;
        int to = text.to;
        int at = text.from;
        boolean inWord = false;
        int jsonEnd = at;
        while (at < to) {
            byte b = bytes[at];
            int bracket = b == '=' ? at + 1 : at;
            if (bracket >= jsonEnd && bracket < to && (bytes[bracket] == '{' || bytes[bracket] == '[')) {
                int outerPathEnd = pathEnd;
                jsonEnd = content.embedded(text, bracket, out);
                pathEnd = outerPathEnd;
            }
            if (Chars.isWord(b)) {
                int end = inWord ? at : wordEnd(text, at, out);
                inWord = true;
                at = end > at ? end : at + 1;
            } else {
                inWord = false;
                at = b == '=' || b == ':' ? delimiter(text, at, place, out) : at + 1;
            }
        }
    }

    private int wordEnd(View text, int at, Scan out) {
        int end = shapes.at(text, at, out);
        boolean flag = end == at && text.bytes[at] == '-' && at + 2 < text.to && text.bytes[at + 1] == '-';
        return flag ? flag(text, at, out) : end;
    }

    /** {@code --name value}, as on a command line. */
    private int flag(View text, int at, Scan out) {
        byte[] bytes = text.bytes;
        int name = at + 2;
        int end = Chars.end(bytes, name, text.to, Chars::isWord);
        int value = Chars.end(bytes, end, text.to, Chars::isBlank);
        boolean none = value == end || value == text.to || bytes[value] == '-' || end - name > Names.LONGEST;
        String rule = none ? null : keys.rule(bytes, name, end);
        return rule == null ? at : new ValueReader(text, out).read(value, rule, false, true);
    }

    private int delimiter(View text, int at, Place place, Scan out) {
        byte[] bytes = text.bytes;
        boolean colon = bytes[at] == ':';
        if (colon && Chars.startsWith(bytes, at + 1, text.to, "//")) {
            if (at >= pathEnd) {
                pathEnd = paths.url(text, at + 3, place == Place.TARGET, out);
            }
            return at + 3;
        }
        KeyReader key = new KeyReader(text, at, place);
        if (key.inQuery()) {
            return parameter(key, text, at, place, out);
        }
        String rule = key.rule(keys, place);
        if (rule == null && key.beginsText() && !colon && isForm(text)) {
            rule = keys.queryRule(bytes, key.from(), key.to());
        }
        return rule == null ? at + 1 : new ValueReader(text, out).after(at, rule, key.quoted());
    }

    /** A parameter of a query or a form; what is none of ours may have a whole URL for its value. */
    private int parameter(KeyReader key, View text, int equals, Place place, Scan out) {
        View name = key.decodedName();
        String rule = keys.queryRule(name.bytes, name.from, name.to);
        if (rule == null && depth == DEEPEST_URL) {
            return equals + 1;
        }
        View value = text.part(equals + 1, ValueReader.parameterEnd(text, equals + 1, place, key.isMatrix()));
        if (rule != null && place == Place.TEXT && value.length() == 0) {
            return new ValueReader(text, out).after(equals, rule, false);
        }
        boolean coded = value.contains((byte) '%') || value.contains((byte) '+');
        View plain = coded ? Escapes.percent(value, true) : value;
        if (rule != null) {
            out.secret(value, plain, rule, true);
        } else if (coded) {
            inside(plain, out);
        } else {
            inner().walk(plain, Place.TEXT, out);
        }
        return value.to;
    }

    /** Looks into what percent signs were undone in, and once more when they were there twice. */
    private void inside(View plain, Scan out) {
        if (depth == DEEPEST_URL) {
            out.name(plain);
            return;
        }
        inner().scan(plain, Place.TEXT, out);
        if (plain.contains((byte) '%') && !plain.contains((byte) '=')) {
            inner().inside(Escapes.percent(plain, true), out);
        }
    }

    private TextScan inner() {
        TextScan made = inner;
        if (made == null) {
            made = new TextScan(policy, keys, content, depth + 1);
            inner = made;
        }
        return made;
    }

    /** Whether it may be a form that does not say so: no blanks anywhere. */
    private static boolean isForm(View text) {
        return Chars.end(text.bytes, text.from, text.to, b -> !Chars.isSpace(b)) == text.to;
    }
}
