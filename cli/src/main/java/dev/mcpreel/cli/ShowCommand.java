package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.WaterfallJson;
import dev.mcpreel.analysis.report.WaterfallText;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel show}: one agent session from close by. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Show one agent session in time: calls side by side, pauses, what the server asked, retries, hops.",
        footer = {"", "How to read it: docs/LOOKING.md. Which sessions there are: mcp-reel sessions CAPTURE."})
final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "CAPTURE",
            description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "SESSION",
            description = "Its id, like s7; or how its key's value or one of its transport session ids begins.")
    private String session = "";

    @Option(names = "--full", description = "Print arguments and results whole, as JSON.")
    private boolean full;

    @Option(names = "--json", description = "Print the session as JSON, arguments and results whole.")
    private boolean json;

    @Mixin
    private SessionShapeOptions model = new SessionShapeOptions();

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SessionOptions options = model.options();
        OpenCapture open = OpenCapture.open(capture, terminal);
        AgentSession found = new SessionLookup(open, options, terminal).find(session.strip());
        ClockAnchor anchor = open.manifest().anchor();
        Waterfall waterfall = Waterfall.of(found, options.burstNanos());
        terminal.out()
                .print(
                        json
                                ? WaterfallJson.render(waterfall, anchor)
                                : new WaterfallText(anchor, terminal.width(), terminal.colour(), full)
                                        .render(waterfall));
        return ExitCode.OK.code();
    }
}
