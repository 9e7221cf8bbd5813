package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the value of a secret key. Of credentials the scheme stays readable, of cookies names and attributes: the hash is over
 * the bare value, so that the same secret is the same hash wherever it stands.
 */
final class Values {
    /** Words that may stand in clear in front of a credential; of anything else the first word may be the secret. */
    private static final List<String> SCHEMES = List.of(
            "basic",
            "bearer",
            "digest",
            "dpop",
            "negotiate",
            "ntlm",
            "hoba",
            "mutual",
            "aws4-hmac-sha256",
            "token",
            "apikey");

    private Values() {}

    /** Whether a value of this rule may have blanks in it, and so ends with its line. */
    static boolean isLine(String rule) {
        return isCredentials(rule) || isCookies(rule);
    }

    /**
     * Replaces the secrets in the value.
     *
     * @param learn whether they are to be found everywhere else
     */
    static void replace(View value, String rule, boolean learn, Scan out) {
        if (isCredentials(rule)) {
            credentials(stripped(value), rule, out);
        } else if (rule.equals("setcookie")) {
            setCookie(value, rule, out);
        } else if (isCookies(rule)) {
            cookies(value, rule, out);
        } else {
            out.secret(value, value, rule, learn);
        }
    }

    private static boolean isCredentials(String rule) {
        return rule.endsWith("authorization");
    }

    private static boolean isCookies(String rule) {
        return rule.equals("cookie") || rule.equals("cookie2") || rule.equals("cookies") || rule.equals("setcookie");
    }

    private static void credentials(View value, String rule, Scan out) {
        byte[] bytes = value.bytes;
        int blank = Chars.end(bytes, value.from, value.to, b -> !Chars.isBlank(b));
        View rest = stripped(value.part(blank, value.to));
        boolean scheme = rest.length() > 0
                && SCHEMES.stream()
                        .anyMatch(word -> word.length() == blank - value.from
                                && Chars.startsWithAnyCase(bytes, value.from, blank, word));
        if (!scheme) {
            out.secret(value, value, rule, true);
            return;
        }
        out.secret(rest, unquoted(rest), rule, true);
        if (Chars.startsWithAnyCase(bytes, value.from, blank, "basic")) {
            basicPassword(rest).ifPresent(out::learn);
        }
    }

    /** Whether the secret stands in place of the user's name, as some services have it. */
    static boolean isNoPassword(View password) {
        return password.length() == 0
                || password.ascii(password.from, password.to).equals("x-oauth-basic");
    }

    /** The password in Basic credentials, RFC 7617 section 2; empty when they are none. */
    static Optional<byte[]> basicPassword(View base64) {
        try {
            byte[] plain = Base64.getDecoder().decode(base64.copy());
            int colon = new String(plain, StandardCharsets.ISO_8859_1).indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            boolean inUser = isNoPassword(View.of(plain).part(colon + 1, plain.length));
            return Optional.of(Arrays.copyOfRange(plain, inUser ? 0 : colon + 1, inUser ? colon : plain.length));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void cookies(View value, String rule, Scan out) {
        int from = value.from;
        while (from <= value.to) {
            int end = Chars.end(value.bytes, from, value.to, b -> b != ';');
            cookie(stripped(value.part(from, end)), rule, out);
            from = end + 1;
        }
    }

    private static void setCookie(View value, String rule, Scan out) {
        int end = Chars.end(value.bytes, value.from, value.to, b -> b != ';');
        cookie(stripped(value.part(value.from, end)), rule, out);
        out.text(value.part(end, value.to));
    }

    private static void cookie(View pair, String rule, Scan out) {
        int equals = Chars.end(pair.bytes, pair.from, pair.to, b -> b != '=');
        View value = equals < pair.to ? pair.part(equals + 1, pair.to) : pair;
        View bare = unquoted(value);
        out.secret(value, bare, rule, true);
        if (bare.contains((byte) '%')) {
            out.learn(Escapes.percent(bare, false).copy());
        }
    }

    private static View unquoted(View value) {
        byte first = value.length() >= 2 ? value.bytes[value.from] : 0;
        boolean quoted = (first == '"' || first == '\'') && value.bytes[value.to - 1] == first;
        return quoted ? value.part(value.from + 1, value.to - 1) : value;
    }

    private static View stripped(View value) {
        int from = Chars.end(value.bytes, value.from, value.to, Chars::isSpace);
        int to = value.to;
        while (to > from && Chars.isSpace(value.bytes[to - 1])) {
            to--;
        }
        return value.part(from, to);
    }
}
