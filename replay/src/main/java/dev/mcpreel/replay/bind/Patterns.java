package dev.mcpreel.replay.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** Learns from one text how to find a value in another text like it. */
final class Patterns {
    private static final int MAX_BEFORE = 24;
    private static final int MAX_AFTER = 8;
    private static final java.util.regex.Pattern PREFIX =
            java.util.regex.Pattern.compile("[^\\p{L}\\p{N}]*(\\p{L}{1,12}[-_:#](?=\\p{L}*\\d))?");

    private static final java.util.regex.Pattern HASH = java.util.regex.Pattern.compile("redacted:[0-9a-f]{24}");
    private static final String MARKS_OF_SECRETS = "+-./:=_~";
    private static final int MOST_OF_SECRETS = 4096;

    private Patterns() {}

    /**
     * The pattern with the least context that finds the value there and nothing else; where that cannot be, the one with
     * the most context, and which of its matches it is. Empty when nothing steady stands around the value.
     */
    static Optional<Source.Pattern> learn(String text, int from, int to) {
        String value = text.substring(from, to);
        if (value.chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        Matcher head = PREFIX.matcher(value);
        String prefix = !isHash(value) && head.lookingAt() ? head.group() : "";
        String after = after(text, to);
        int line = text.lastIndexOf('\n', from - 1) + 1;
        int start = Math.max(line, from - MAX_BEFORE);
        // What has digits is likely another live value: it will not be there again.
        for (int at = start; at < from; at++) {
            if (Character.isDigit(text.charAt(at))) {
                start = at + 1;
            }
        }
        for (int at : starts(text, start, from, !prefix.isEmpty())) {
            Source.Pattern pattern = pattern(false, text.substring(at, from), prefix, value, after, 0);
            if (PatternMatcher.count(pattern, text) == 1 && value.equals(PatternMatcher.find(pattern, text))) {
                return Optional.of(pattern);
            }
        }
        return widest(text, from, start, start == line, pattern(false, "", prefix, value, after, 0));
    }

    private static Optional<Source.Pattern> widest(
            String text, int from, int start, boolean lineStart, Source.Pattern shape) {
        String before = text.substring(start, from);
        boolean steady = lineStart
                || shape.prefix().chars().anyMatch(Character::isLetter)
                || before.chars().anyMatch(Character::isLetter);
        if (!steady) {
            return Optional.empty();
        }
        Source.Pattern first = new Source.Pattern(
                lineStart, before, shape.prefix(), shape.letters(), shape.marks(), shape.maxLength(), shape.after(), 0);
        int occurrence = PatternMatcher.countBefore(first, text, from);
        Source.Pattern pattern = new Source.Pattern(
                lineStart,
                before,
                shape.prefix(),
                shape.letters(),
                shape.marks(),
                shape.maxLength(),
                shape.after(),
                occurrence);
        return Optional.of(pattern).filter(found -> PatternMatcher.isAt(found, text, from));
    }

    private static Source.Pattern pattern(
            boolean lineStart, String before, String prefix, String value, String after, int occurrence) {
        if (isHash(value)) {
            return new Source.Pattern(
                    lineStart, before, prefix, true, MARKS_OF_SECRETS, MOST_OF_SECRETS, after, occurrence);
        }
        String rest = value.substring(prefix.length());
        StringBuilder marks = new StringBuilder();
        rest.chars()
                .filter(c -> !Character.isLetterOrDigit(c))
                .distinct()
                .sorted()
                .forEach(c -> marks.append((char) c));
        boolean letters = !prefix.isEmpty() || rest.chars().anyMatch(Character::isLetter);
        int most = Math.max(64, 4 * value.length());
        return new Source.Pattern(lineStart, before, prefix, letters, marks.toString(), most, after, occurrence);
    }

    /** The capture has a hash in place of the value, and nobody knows what the value was made of. */
    private static boolean isHash(String value) {
        return HASH.matcher(value).matches();
    }

    /** Where the text before may begin, the shortest first: at the edges of words, with something to hold on to. */
    private static List<Integer> starts(String text, int least, int from, boolean hasPrefix) {
        List<Integer> starts = new ArrayList<>();
        if (hasPrefix) {
            starts.add(from);
        }
        for (int at = from - 1; at >= least; at--) {
            boolean edge =
                    at == least || Character.isLetter(text.charAt(at)) != Character.isLetter(text.charAt(at - 1));
            if (edge && !text.substring(at, from).isBlank()) {
                starts.add(at);
            }
        }
        return starts;
    }

    private static String after(String text, int to) {
        int end = to;
        while (end < text.length()
                && end - to < MAX_AFTER
                && text.charAt(end) != '\n'
                && !Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return text.substring(to, end);
    }
}
