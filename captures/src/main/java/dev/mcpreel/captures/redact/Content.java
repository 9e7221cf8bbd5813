package dev.mcpreel.captures.redact;

/** Finds secrets in a text of whatever kind: as JSON when it is, else as text. Not thread-safe. */
final class Content {
    /** JSON in a string of JSON in a string: deeper ones are looked at as text, which knows quotes with backslashes. */
    private static final int DEEPEST = 8;

    private final RedactionPolicy policy;
    private final KeyRules keys;
    private final TextScan texts;

    Content(RedactionPolicy policy) {
        this.policy = policy;
        this.keys = new KeyRules(policy);
        this.texts = new TextScan(policy, keys, this);
    }

    RedactionPolicy policy() {
        return policy;
    }

    KeyRules keys() {
        return keys;
    }

    void text(View text, Place place, Scan out) {
        boolean json = text.strings <= DEEPEST && mayBeJson(text);
        if (json && new JsonScan(text, this, out).run()) {
            return;
        }
        texts.scan(text, place, out);
    }

    /**
     * Looks at JSON that begins with this bracket in the middle of a text. The rules for texts are to go over it as well: they
     * know what looks like a secret in names, and keys in front of strings that hold no JSON.
     *
     * @return where it ends; the bracket itself when it is no JSON
     */
    int embedded(View text, int bracket, Scan out) {
        if (text.strings > DEEPEST) {
            return text.to;
        }
        if (!out.mayTryJson()) {
            return bracket;
        }
        View rest = text.part(bracket, text.to);
        JsonCursor cursor = new JsonCursor(rest);
        JsonCursor.Token token = cursor.next();
        while (cursor.depth() > 0 && token != JsonCursor.Token.BROKEN) {
            token = cursor.next();
        }
        boolean json = token == JsonCursor.Token.CLOSE;
        out.triedJson(cursor.at() - bracket, json);
        if (!json) {
            return bracket;
        }
        boolean unused = new JsonScan(text.part(bracket, cursor.at()), this, out).run();
        return cursor.at();
    }

    private static boolean mayBeJson(View text) {
        byte[] bytes = text.bytes;
        int at = text.from;
        // A byte order mark or blanks may stand in front.
        at = Chars.end(
                bytes, at, Math.min(text.to, at + 3), b -> b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF);
        at = Chars.end(bytes, at, text.to, JsonCursor::isBlank);
        return at < text.to && (bytes[at] == '{' || bytes[at] == '[' || bytes[at] == '"');
    }
}
