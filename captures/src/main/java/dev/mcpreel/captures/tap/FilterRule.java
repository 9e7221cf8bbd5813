package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.store.CaptureException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One rule of a filter.
 *
 * @param option {@code only} or {@code except}
 * @param text as it was written or is told, for example {@code tool:search_*}
 */
record FilterRule(String option, String text, Kind kind, Glob glob) {
    /** What a rule speaks of, in the order in which rules judge. */
    enum Kind {
        PATH,
        METHOD,
        TOOL;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final int LONGEST = 256;

    static FilterRule parse(String option, String text) {
        int colon = text.indexOf(':');
        String label = colon < 0 ? "" : text.substring(0, colon).strip();
        String pattern = text.substring(colon + 1).strip();
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.label().equalsIgnoreCase(label))
                .findFirst()
                .orElse(null);
        if (kind == null) {
            throw wrong(option, text, "write " + kinds() + ", for example tool:search");
        }
        if (pattern.isEmpty()) {
            throw wrong(option, text, "a pattern is missing; * stands for anything, as in " + kind.label() + ":*");
        }
        if (kind == Kind.PATH && !pattern.startsWith("/") && !pattern.startsWith("*")) {
            throw wrong(option, text, "a path begins with / or *; write path:/" + pattern);
        }
        if (pattern.length() > LONGEST) {
            throw wrong(option, text.substring(0, 40) + "...", "longer than " + LONGEST + " characters; use *");
        }
        return new FilterRule(option, kind.label() + ":" + pattern, kind, new Glob(pattern));
    }

    /** Matches as before, and is told in other words where it is a path. */
    FilterRule telling(UnaryOperator<String> words) {
        String label = kind.label() + ":";
        return kind == Kind.PATH
                ? new FilterRule(option, label + words.apply(text.substring(label.length())), kind, glob)
                : this;
    }

    /** For example {@code except tool:echo}. */
    @Override
    public String toString() {
        return option + " " + text;
    }

    static CaptureException wrong(String option, String text, String cure) {
        return new CaptureException(CaptureException.Category.INPUT, "--" + option + " " + text + ": " + cure);
    }

    private static String kinds() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.label() + (kind == Kind.PATH ? ":GLOB" : ":NAME"))
                .collect(Collectors.joining(", "));
    }
}
