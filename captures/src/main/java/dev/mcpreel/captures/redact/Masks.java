package dev.mcpreel.captures.redact;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what {@link SecretHash#mask} put in place of secrets. */
public final class Masks {
    private static final Pattern MASK = Pattern.compile("redacted:[0-9a-f]{24}(?![0-9a-f])");

    private Masks() {}

    /** Whether the text is a mask and nothing else. */
    public static boolean isMask(String text) {
        return MASK.matcher(text).matches();
    }

    /** The different masks of a text, in order. */
    public static Set<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        if (text.contains(SecretHash.PREFIX)) {
            Matcher matcher = MASK.matcher(text);
            while (matcher.find()) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    /** The text with something else in place of each mask. */
    public static String replace(String text, UnaryOperator<String> change) {
        return text.contains(SecretHash.PREFIX)
                ? MASK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(change.apply(found.group())))
                : text;
    }
}
