package dev.mcpreel.replay.bind;

import org.jspecify.annotations.Nullable;

/** Finds values in text by a {@link Source.Pattern}, in time linear in the text whatever the text is. */
final class PatternMatcher {
    private PatternMatcher() {}

    /** The value of the pattern's occurrence, null when the text has fewer. */
    static @Nullable String find(Source.Pattern pattern, String text) {
        int at = 0;
        int seen = 0;
        while (at <= text.length()) {
            int start = nextStart(pattern, text, at);
            if (start < 0) {
                return null;
            }
            int end = end(pattern, text, start);
            if (end < 0) {
                at = start - pattern.before().length() + 1;
                continue;
            }
            if (seen == pattern.occurrence()) {
                return text.substring(start, end);
            }
            seen++;
            at = end;
        }
        return null;
    }

    /** How many values of the pattern stand before the position. */
    static int countBefore(Source.Pattern pattern, String text, int position) {
        int at = 0;
        int seen = 0;
        while (at <= position) {
            int start = nextStart(pattern, text, at);
            if (start < 0 || start >= position) {
                return seen;
            }
            int end = end(pattern, text, start);
            if (end < 0) {
                at = start - pattern.before().length() + 1;
            } else {
                seen++;
                at = end;
            }
        }
        return seen;
    }

    /** The first position from {@code from} on where a value can start: what must stand before it does. */
    private static int nextStart(Source.Pattern pattern, String text, int from) {
        int at = from;
        while (true) {
            int found = text.indexOf(pattern.before() + pattern.prefix(), at);
            if (found < 0 || found >= text.length()) {
                return -1;
            }
            int start = found + pattern.before().length();
            boolean atLine = !pattern.lineStart() || found == 0 || text.charAt(found - 1) == '\n';
            if (atLine && (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))) {
                return start;
            }
            at = found + 1;
        }
    }

    /** The end of the value that starts here, -1 when none does. */
    private static int end(Source.Pattern pattern, String text, int start) {
        int least = start + pattern.prefix().length();
        int most = Math.min(text.length(), start + pattern.maxLength());
        int end = least;
        while (end < most && allowed(pattern, text.charAt(end))) {
            end++;
        }
        for (int at = end; at > least; at--) {
            if (isEnd(text, at) && text.startsWith(pattern.after(), at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isEnd(String text, int at) {
        return Character.isLetterOrDigit(text.charAt(at - 1))
                && (at == text.length() || !Character.isLetterOrDigit(text.charAt(at)));
    }

    private static boolean allowed(Source.Pattern pattern, char c) {
        if (c >= '0' && c <= '9') {
            return true;
        }
        return (pattern.letters() && Character.isLetter(c)) || pattern.marks().indexOf(c) >= 0;
    }
}
