package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Applies an operator's regular expressions to texts. */
final class Patterns {
    private Patterns() {}

    static void find(List<Pattern> patterns, View text, Budget budget, Scan out) {
        if (patterns.isEmpty() || text.length() == 0) {
            return;
        }
        boolean utf8 = isUtf8(text);
        String chars = new String(
                text.bytes, text.from, text.length(), utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        try {
            for (Pattern pattern : patterns) {
                find(pattern, text, chars, utf8, budget, out);
            }
        } catch (StackOverflowError e) {
            // An alternation that repeats calls itself for each character of a long text.
            throw new OverBudgetException();
        }
    }

    /** The rule that finds something in a JSON number, null when none does. */
    static @Nullable String match(List<Pattern> patterns, View number, Budget budget) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(new CountedText(number.ascii(number.from, number.to), budget))
                    .find()) {
                return rule(pattern);
            }
        }
        return null;
    }

    private static String rule(Pattern pattern) {
        return "regex:" + pattern;
    }

    private static void find(Pattern pattern, View text, String chars, boolean utf8, Budget budget, Scan out) {
        Matcher matcher = pattern.matcher(new CountedText(chars, budget));
        int group = matcher.groupCount() > 0 ? 1 : 0;
        int charAt = 0;
        int byteAt = text.from;
        while (matcher.find()) {
            int from = matcher.start(group);
            int to = matcher.end(group);
            if (from >= charAt && to > from) {
                int byteFrom = byteAt + length(chars, charAt, from, utf8);
                int byteTo = byteFrom + length(chars, from, to, utf8);
                View found = text.part(byteFrom, byteTo);
                out.secret(found, found, rule(pattern), true);
                charAt = to;
                byteAt = byteTo;
            }
        }
    }

    private static int length(String chars, int from, int to, boolean utf8) {
        return utf8 ? chars.substring(from, to).getBytes(StandardCharsets.UTF_8).length : to - from;
    }

    /** Only what becomes the same bytes again has places that can be trusted. */
    private static boolean isUtf8(View text) {
        String chars = new String(text.bytes, text.from, text.length(), StandardCharsets.UTF_8);
        return Arrays.equals(chars.getBytes(StandardCharsets.UTF_8), text.copy());
    }
}
