package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.SessionsJson;
import dev.mcpreel.analysis.report.SessionsText;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel sessions}: what the agents of a capture did. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the agent sessions of a capture: calls in order, bursts, pauses, errors.")
final class SessionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(names = "--json", description = "Print the sessions as a JSON array.")
    private boolean json;

    SessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        OpenCapture open = OpenCapture.open(capture, terminal);
        List<AgentSession> sessions = open.sessions(SessionOptions.defaults(), terminal);
        ClockAnchor anchor = open.manifest().anchor();
        terminal.out()
                .print(
                        json
                                ? SessionsJson.render(sessions, anchor)
                                : new SessionsText(anchor, terminal.width(), terminal.colour()).render(sessions));
        return ExitCode.OK.code();
    }
}
