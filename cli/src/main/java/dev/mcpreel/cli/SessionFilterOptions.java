package dev.mcpreel.cli;

import dev.mcpreel.analysis.selection.SessionFilter;
import dev.mcpreel.captures.exchange.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sessions are wanted. */
final class SessionFilterOptions {
    @Option(
            names = "--tool",
            paramLabel = "NAME",
            description = "Only sessions that call this tool; * stands for anything. May be repeated: one must match.")
    private List<String> tools = new ArrayList<>();

    @Option(
            names = "--outcome",
            paramLabel = "NAME",
            description =
                    "Only sessions with a call that ended so: ok, tool_error, deadline, ...; error for any error. May"
                            + " be repeated.")
    private List<String> outcomes = new ArrayList<>();

    @Option(
            names = "--longer-than",
            paramLabel = "TIME",
            description =
                    "Only sessions with a call that took longer, like 5s. --tool, --outcome and --longer-than speak of"
                            + " one and the same call.")
    private @Nullable String longerThan;

    @Option(
            names = "--agent",
            paramLabel = "TEXT",
            description =
                    "Only sessions with this text in their key's value or their client's name and version; * stands"
                            + " for anything.")
    private String agent = "";

    /** What they add up to; complains about the first that makes no sense. */
    SessionFilter filter() {
        Set<Outcome> wanted = EnumSet.noneOf(Outcome.class);
        outcomes.forEach(name -> wanted.addAll(named(name)));
        return new SessionFilter(
                tools, wanted, longerThan == null ? -1 : Durations.nanosOrZero("--longer-than", longerThan), agent);
    }

    private static List<Outcome> named(String name) {
        String label = name.strip().toLowerCase(Locale.ROOT);
        List<Outcome> named = Arrays.stream(Outcome.values())
                .filter(outcome -> label.equals("error")
                        ? outcome.isError()
                        : outcome.label().equals(label))
                .toList();
        if (named.isEmpty()) {
            throw CommandFailure.usage("--outcome " + name + " is none: give error or one of "
                    + Arrays.stream(Outcome.values()).map(Outcome::label).collect(Collectors.joining(", ")));
        }
        return named;
    }
}
