package dev.mcpreel.proxy.rewrite;

import org.jspecify.annotations.Nullable;

/**
 * Finds the parameters of the challenges in a WWW-Authenticate field, RFC 9110 section 11.6.1, one after the other. It is
 * lenient, since servers are: separators may be anything that is no token, and a bare value may be more than a token. Not
 * thread-safe.
 */
final class ChallengeParameters {
    /**
     * One parameter.
     *
     * @param from where its value begins in the field, behind the quote if there is one
     * @param to where its value ends
     */
    record Parameter(String name, int from, int to, boolean quoted) {}

    private final String field;
    private int at;

    ChallengeParameters(String field) {
        this.field = field;
    }

    /** The next one; null when there is none, or when what comes is cut within a quoted string. */
    @Nullable
    Parameter next() {
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c == '"') {
                at = afterQuoted(at + 1);
            } else if (!HttpToken.isChar(c)) {
                at++;
            } else {
                String name = token();
                int equals = afterSpace(at);
                if (equals < field.length() && field.charAt(equals) == '=') {
                    return parameter(name, afterSpace(equals + 1));
                }
            }
        }
        return null;
    }

    private @Nullable Parameter parameter(String name, int from) {
        if (from < field.length() && field.charAt(from) == '"') {
            at = afterQuoted(from + 1);
            boolean closed = HttpToken.closingQuote(field, from + 1) >= 0;
            return closed ? new Parameter(name, from + 1, at - 1, true) : null;
        }
        at = from;
        while (at < field.length() && ",\" \t".indexOf(field.charAt(at)) < 0) {
            at++;
        }
        return new Parameter(name, from, at, false);
    }

    private String token() {
        int from = at;
        while (at < field.length() && HttpToken.isChar(field.charAt(at))) {
            at++;
        }
        return field.substring(from, at);
    }

    private int afterSpace(int from) {
        int after = from;
        while (after < field.length() && HttpToken.isSpace(field.charAt(after))) {
            after++;
        }
        return after;
    }

    private int afterQuoted(int from) {
        int closing = HttpToken.closingQuote(field, from);
        return closing < 0 ? field.length() : closing + 1;
    }
}
