package dev.mcpreel.cli;

import dev.mcpreel.captures.transfer.CutOptions;
import dev.mcpreel.captures.transfer.CutTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a cut keeps. */
final class CutSelectOptions {
    @Option(
            names = "--session",
            split = ",",
            paramLabel = "ID",
            description = "Keep these sessions, as `mcp-reel sessions` names them: s3,s7.")
    private List<String> sessions = new ArrayList<>();

    @Option(names = "--drop-session", split = ",", paramLabel = "ID", description = "Leave these sessions out.")
    private List<String> dropSessions = new ArrayList<>();

    @Option(
            names = "--tool",
            paramLabel = "GLOB",
            description =
                    "Keep the sessions that call a tool of this name, whole; * stands for anything. More than one:"
                            + " repeat it.")
    private List<String> tools = new ArrayList<>();

    @Option(
            names = "--drop-tool",
            paramLabel = "GLOB",
            description = "Leave the calls of such tools out of the sessions kept, and nothing else.")
    private List<String> dropTools = new ArrayList<>();

    @Option(
            names = "--agent",
            paramLabel = "TEXT",
            description =
                    "Keep the sessions with this text in their key's value or their client's name and version; * stands"
                            + " for anything.")
    private List<String> agents = new ArrayList<>();

    @Option(
            names = "--outcome",
            split = ",",
            paramLabel = "OUTCOME",
            description =
                    "Keep the sessions with a call that ended so, whole: tool_error, deadline, ...; error for any error.")
    private List<String> outcomes = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Leave out what ended before: 2026-11-21T10:15:30Z, or 5m after the capture began. How a session"
                            + " began is kept all the same.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Leave out what began after that.")
    private @Nullable String to;

    @Option(names = "--sessions", paramLabel = "N", description = "Keep the first N sessions of those that are left.")
    private @Nullable Integer first;

    @Option(
            names = "--with-other",
            description = "Keep what is of no session, too: OAuth, well-known paths, anything that is not MCP.")
    private boolean other;

    CutOptions options() {
        if (first != null && first < 1) {
            throw CommandFailure.usage("--sessions " + first + " keeps nothing: write 1 or more");
        }
        CutTime begin = from == null ? null : CutTimes.of("--from", from);
        CutTime end = to == null ? null : CutTimes.of("--to", to);
        if (begin != null && end != null && begin.sinceStart() == end.sinceStart() && begin.nanos() > end.nanos()) {
            throw CommandFailure.usage("--from " + begin.text() + " is after --to " + end.text() + ": swap them");
        }
        return new CutOptions(
                Choices.sessions("--session", sessions),
                Choices.sessions("--drop-session", dropSessions),
                Choices.globs("--tool", tools),
                Choices.globs("--drop-tool", dropTools),
                Choices.agents("--agent", agents),
                Choices.outcomes("--outcome", outcomes),
                begin,
                end,
                first == null ? 0 : first,
                other);
    }
}
