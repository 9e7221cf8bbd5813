package dev.mcpreel.replay.bind;

import org.jspecify.annotations.Nullable;

/** Finds values in text by a {@link Source.Pattern}, in time linear in the text whatever the text is. */
final class PatternMatcher {
    private final Source.Pattern pattern;
    private final String text;
    private final String opening;
    private int start;
    private int end;

    private PatternMatcher(Source.Pattern pattern, String text) {
        this.pattern = pattern;
        this.text = text;
        opening = pattern.before() + pattern.prefix();
    }

    /** The value of the pattern's occurrence, null when the text has fewer. */
    static @Nullable String find(Source.Pattern pattern, String text) {
        PatternMatcher matcher = new PatternMatcher(pattern, text);
        return matcher.toOccurrence() ? text.substring(matcher.start, matcher.end) : null;
    }

    /** Whether the pattern's occurrence begins at the position. */
    static boolean isAt(Source.Pattern pattern, String text, int position) {
        PatternMatcher matcher = new PatternMatcher(pattern, text);
        return matcher.toOccurrence() && matcher.start == position;
    }

    /** How many values of the pattern the text has. */
    static int count(Source.Pattern pattern, String text) {
        return countBefore(pattern, text, text.length());
    }

    /** How many values of the pattern begin before the position. */
    static int countBefore(Source.Pattern pattern, String text, int position) {
        PatternMatcher matcher = new PatternMatcher(pattern, text);
        int seen = 0;
        while (matcher.next() && matcher.start < position) {
            seen++;
        }
        return seen;
    }

    private boolean toOccurrence() {
        for (int seen = 0; seen <= pattern.occurrence(); seen++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /** Goes to the next value after the one found last. */
    private boolean next() {
        int at = text.indexOf(opening, end);
        while (at >= 0 && at < text.length()) {
            start = at + pattern.before().length();
            if (canStart(at)) {
                int found = endOf();
                if (found >= 0) {
                    end = found;
                    return true;
                }
            }
            at = text.indexOf(opening, at + 1);
        }
        return false;
    }

    private boolean canStart(int at) {
        boolean line = !pattern.lineStart() || at == 0 || text.charAt(at - 1) == '\n';
        int first = at + opening.length();
        return line
                && first < text.length()
                && Character.isLetterOrDigit(text.charAt(first))
                && (start == 0
                        || !Character.isLetterOrDigit(text.charAt(start - 1))
                        || !Character.isLetterOrDigit(text.charAt(start)));
    }

    /** The end of the value that starts here, -1 when none does. */
    private int endOf() {
        int least = start + pattern.prefix().length();
        int most = Math.min(text.length(), start + pattern.maxLength());
        int last = least;
        while (last < most && allowed(text.charAt(last))) {
            last++;
        }
        for (int at = last; at > least; at--) {
            if (isEnd(at) && text.startsWith(pattern.after(), at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean isEnd(int at) {
        return Character.isLetterOrDigit(text.charAt(at - 1))
                && (at == text.length() || !Character.isLetterOrDigit(text.charAt(at)));
    }

    private boolean allowed(char c) {
        if (c >= '0' && c <= '9') {
            return true;
        }
        return (pattern.letters() && Character.isLetter(c)) || pattern.marks().indexOf(c) >= 0;
    }
}
