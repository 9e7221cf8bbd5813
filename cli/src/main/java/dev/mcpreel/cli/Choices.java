package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentText;
import dev.mcpreel.captures.tap.Glob;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what people choose traffic by: sessions, tools, outcomes; several with commas between them. */
final class Choices {
    private static final Pattern SESSION = Pattern.compile("s[1-9]\\d{0,17}");

    private Choices() {}

    static Set<String> sessions(String option, List<String> texts) {
        Set<String> ids = new LinkedHashSet<>(texts);
        for (String id : ids) {
            if (!SESSION.matcher(id).matches()) {
                throw CommandFailure.usage(option + " " + id + " is no session: write s3, or s3,s7, as"
                        + " `mcp-reel sessions` lists them");
            }
        }
        return ids;
    }

    static List<Glob> globs(String option, List<String> texts) {
        for (String text : texts) {
            if (text.isBlank()) {
                throw CommandFailure.usage(option + " is empty: write a name, in which * stands for anything");
            }
        }
        return texts.stream().map(Glob::new).toList();
    }

    static List<AgentText> agents(String option, List<String> texts) {
        for (String text : texts) {
            if (text.isBlank()) {
                throw CommandFailure.usage(
                        option + " is empty: write a piece of the client's name, in which * stands" + " for anything");
            }
        }
        return texts.stream().map(AgentText::new).toList();
    }

    /** By their labels; {@code error} is every outcome that is one. */
    static Set<Outcome> outcomes(String option, List<String> texts) {
        Set<Outcome> outcomes = new LinkedHashSet<>();
        for (String text : texts) {
            String label = text.strip().toLowerCase(Locale.ROOT);
            List<Outcome> named = Arrays.stream(Outcome.values())
                    .filter(outcome -> label.equals("error")
                            ? outcome.isError()
                            : outcome.label().equals(label))
                    .toList();
            if (named.isEmpty()) {
                throw CommandFailure.usage(option + " " + text + " is no outcome: give error or one of "
                        + Arrays.stream(Outcome.values()).map(Outcome::label).collect(Collectors.joining(", ")));
            }
            outcomes.addAll(named);
        }
        return outcomes;
    }
}
