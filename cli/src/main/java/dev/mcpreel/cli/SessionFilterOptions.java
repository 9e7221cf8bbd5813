package dev.mcpreel.cli;

import dev.mcpreel.analysis.selection.SessionFilter;
import java.util.ArrayList;
import java.util.List;
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
            split = ",",
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
        return new SessionFilter(
                tools,
                Choices.outcomes("--outcome", outcomes),
                longerThan == null ? -1 : Durations.nanosOrZero("--longer-than", longerThan),
                agent);
    }
}
