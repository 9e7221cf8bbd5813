package dev.mcpreel.cli;

import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.report.PatternJson;
import dev.mcpreel.analysis.report.PatternText;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.Manifest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel stats}: how agents use a server. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Show the traffic pattern of a capture: calls over time, pauses and bursts, which tool follows which.",
        footer = {"", "How to read it: docs/LOOKING.md. How the calls went: mcp-reel report CAPTURE."})
final class StatsCommand implements Callable<Integer> {
    private static final int MOST = 1_000;

    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(names = "--top", paramLabel = "N", description = "So many sequences of tools of each length (default: 5).")
    private int top = 5;

    @Option(names = "--json", description = "Print the numbers as JSON.")
    private boolean json;

    @Mixin
    private SessionShapeOptions model = new SessionShapeOptions();

    StatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (top < 1 || top > MOST) {
            throw CommandFailure.usage("--top " + top + " is no number of sequences: give 1 to " + MOST);
        }
        TrafficPattern pattern = new TrafficPattern();
        OpenCapture open = OpenCapture.open(capture, terminal);
        Manifest manifest = open.manifest();
        open.read(model.options(), pattern, terminal);
        ClockAnchor anchor = manifest.anchor();
        terminal.out()
                .print(
                        json
                                ? PatternJson.render(pattern, anchor)
                                : new PatternText(manifest.id(), anchor, terminal.width(), terminal.colour(), top)
                                        .render(pattern));
        return ExitCode.OK.code();
    }
}
