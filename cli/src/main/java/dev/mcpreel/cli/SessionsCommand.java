package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.SessionsJson;
import dev.mcpreel.analysis.report.SessionsText;
import dev.mcpreel.analysis.selection.SessionSelection;
import dev.mcpreel.analysis.selection.SessionSort;
import dev.mcpreel.captures.exchange.ClockAnchor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel sessions}: what the agents of a capture did. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the agent sessions of a capture: calls in order, bursts, pauses, errors.",
        footer = {"", "One session from close by: mcp-reel show CAPTURE SESSION. All of them together: mcp-reel stats."
        })
final class SessionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Mixin
    private SessionFilterOptions filter = new SessionFilterOptions();

    @Option(
            names = "--sort",
            paramLabel = "BY",
            description = "start (default): the earliest first; length, calls, errors, think or idle (the longest idle"
                    + " gap): the most first.")
    private SessionSort sort = SessionSort.START;

    @Option(names = "--reverse", description = "In the opposite order.")
    private boolean reverse;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, the first in that order.")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private SessionShapeOptions model = new SessionShapeOptions();

    @Option(names = "--json", description = "Print the sessions as a JSON array.")
    private boolean json;

    SessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw CommandFailure.usage("--limit " + limit + " is no number of sessions: give 1 or more");
        }
        SessionSelection selection = new SessionSelection(filter.filter(), sort, reverse, limit);
        OpenCapture open = OpenCapture.open(capture, terminal);
        open.read(model.options(), selection, terminal);
        ClockAnchor anchor = open.manifest().anchor();
        terminal.out()
                .print(
                        json
                                ? SessionsJson.render(selection.listing().sessions(), anchor)
                                : new SessionsText(anchor, terminal.width(), terminal.colour())
                                        .render(selection.listing()));
        return ExitCode.OK.code();
    }
}
