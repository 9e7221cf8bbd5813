package dev.mcpreel.captures.redact;

import org.jspecify.annotations.Nullable;

/** Finds secrets in the parts of URLs in front of the query: a password before the host, and segments of the path. */
final class Paths {
    private static final int SHORTEST_TOKEN = 16;
    private static final int UUID_LENGTH = 36;
    private static final int LONGEST_PASSWORD = 256;
    private static final int LONGEST_WORD = 12;

    private final RedactionPolicy policy;
    private final KeyRules keys;
    private final Inside inside;

    /** Searches what a segment means. */
    interface Inside {
        void scan(View decoded, Scan out);
    }

    Paths(RedactionPolicy policy, KeyRules keys, Inside inside) {
        this.policy = policy;
        this.keys = keys;
        this.inside = inside;
    }

    /** Where the host of a target begins that is no path: behind two slashes, or at once as for CONNECT; -1 when it is a path. */
    static int authority(View text) {
        byte[] bytes = text.bytes;
        int from = Chars.startsWith(bytes, text.from, text.to, "//") ? text.from + 2 : text.from;
        return lastAt(bytes, from, authorityEnd(text, from)) < 0 ? -1 : from;
    }

    private static int authorityEnd(View text, int from) {
        return Chars.end(text.bytes, from, text.to, b -> inUrl(b) && b != '/' && b != '?' && b != '#');
    }

    /**
     * Looks at an absolute URL.
     *
     * @param authority where its host begins, behind the two slashes
     * @param target whether the URL is what is asked for, and not one that a text mentions
     * @return where the path ends that was looked at
     */
    int url(View text, int authority, boolean target, Scan out) {
        byte[] bytes = text.bytes;
        int end = authorityEnd(text, authority);
        userInfo(text, authority, end, out);
        return end < text.to && bytes[end] == '/' ? path(text, end, target, out) : end;
    }

    /** Looks at a path, which begins here with its slash and ends in front of the query: its end is returned. */
    int path(View text, int slash, boolean target, Scan out) {
        byte[] bytes = text.bytes;
        int end = Chars.end(bytes, slash, text.to, b -> inUrl(b) && b != '?' && b != '#');
        String before = null;
        int at = slash;
        while (at < end) {
            int from = at + 1;
            int to = Chars.end(bytes, from, end, b -> b != '/' && b != ';');
            View segment = text.part(from, to);
            View bare = segment;
            if (segment.contains((byte) '%')) {
                bare = Escapes.percent(segment, false);
                inside.scan(bare, out);
            }
            if (followsScheme(bytes, slash, at)) {
                userInfo(text, from, to, out);
            }
            before = policy.finds(Shape.PATH_TOKEN) ? segment(segment, bare, before, target, out) : null;
            at = Chars.end(bytes, to, end, b -> b != '/');
        }
        return end;
    }

    /** Whether another URL begins in a path here, as in {@code /proxy/https://h/}: some servers make one slash of two. */
    private static boolean followsScheme(byte[] bytes, int from, int slash) {
        int before = slash > from && bytes[slash - 1] == '/' ? slash - 2 : slash - 1;
        return before > from && bytes[before] == ':';
    }

    /** Looks at one segment, and says by which rule the next one is a secret. */
    private @Nullable String segment(View segment, View bare, @Nullable String before, boolean target, Scan out) {
        if (before != null && mayBeSecret(bare, target)) {
            out.secret(segment, bare, Shape.PATH_TOKEN.label() + " after " + before, hasDigit(bare));
            return null;
        }
        if (looksLikeKey(bare, target)) {
            out.secret(segment, bare, Shape.PATH_TOKEN.label(), true);
            return null;
        }
        return keys.rule(bare.bytes, bare.from, bare.to);
    }

    /** Behind a name often stands what is done with it, as in {@code /token/revoke}, or a file's name. */
    private static boolean mayBeSecret(View segment, boolean target) {
        boolean word = segment.length() < LONGEST_WORD
                && Chars.end(segment.bytes, segment.from, segment.to, Chars::isLetter) == segment.to;
        return target ? !word : hasDigit(segment);
    }

    private void userInfo(View text, int authority, int end, Scan out) {
        if (!policy.finds(Shape.USERINFO)) {
            return;
        }
        byte[] bytes = text.bytes;
        int at = lastAt(bytes, authority, end);
        int colon = Chars.end(bytes, authority, end, b -> b != ':');
        boolean port = colon + 1 < end && Chars.end(bytes, colon + 1, end, Chars::isDigit) == end;
        if (at < 0 && colon < end && !port) {
            // A password with a slash in it, which should have been written as %2F.
            int most = Math.min(text.to, colon + LONGEST_PASSWORD);
            at = lastAt(bytes, colon, Chars.end(bytes, colon, most, Paths::inUrl));
        }
        if (at < 0) {
            return;
        }
        boolean named = colon < at;
        boolean web = authority - 2 == text.from
                || Chars.startsWith(bytes, Math.max(text.from, authority - 7), text.to, "http://")
                || Chars.startsWith(bytes, Math.max(text.from, authority - 8), text.to, "https://");
        if (named || web) {
            boolean inUser = named && Values.isNoPassword(text.part(colon + 1, at));
            View secret = inUser ? text.part(authority, colon) : text.part(named ? colon + 1 : authority, at);
            out.secret(secret, Escapes.percent(secret, false), Shape.USERINFO.label(), true);
        }
    }

    private static int lastAt(byte[] bytes, int from, int to) {
        int at = to - 1;
        while (at >= from && bytes[at] != '@') {
            at--;
        }
        return at < from ? -1 : at;
    }

    private static boolean inUrl(byte b) {
        return b > ' ' && !Chars.isQuote(b) && b != '<' && b != '>' && b != '\\' && b != ')';
    }

    private static boolean hasDigit(View text) {
        return Chars.hasDigit(text.bytes, text.from, text.to);
    }

    /**
     * Letters and digits that follow one another as in no word, version, date or number; and UUIDs. In a URL that a text only
     * mentions, hexadecimal is left alone: there it is the name of a commit or a document.
     */
    private static boolean looksLikeKey(View segment, boolean target) {
        int length = segment.length();
        if (length < SHORTEST_TOKEN) {
            return false;
        }
        int digits = 0;
        int letters = 0;
        int others = 0;
        int changes = 0;
        int last = 0;
        for (int i = segment.from; i < segment.to; i++) {
            byte b = segment.bytes[i];
            int kind = kind(b);
            if (kind < 0) {
                return false;
            }
            digits += kind == 1 ? 1 : 0;
            letters += kind >= 2 ? 1 : 0;
            others += kind >= 2 && (b < 'a' || b > 'f') ? 1 : 0;
            changes += kind != 0 && last != 0 && kind != last ? 1 : 0;
            last = kind;
        }
        boolean key = digits >= 2 && letters >= 2 && changes * 4 >= length;
        return target ? key || isUuid(segment) : key && others > 0;
    }

    /** 0 for what stands between words, 1 to 3 for what they are made of, -1 for what is in no key. */
    private static int kind(byte b) {
        if (Chars.isDigit(b)) {
            return 1;
        }
        if (Chars.isLetter(b)) {
            return b <= 'Z' ? 2 : 3;
        }
        return b == '-' || b == '_' || b == '~' || b == '=' ? 0 : -1;
    }

    private static boolean isUuid(View segment) {
        if (segment.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            byte b = segment.bytes[segment.from + i];
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? b != '-' : Character.digit(b, 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
