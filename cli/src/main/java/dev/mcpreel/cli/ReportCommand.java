package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.JsonReport;
import dev.mcpreel.analysis.report.TextReport;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.session.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel report}: the numbers of a recording or a replay. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Report how the calls of a capture went, recorded or replayed.",
        footer = {"", "The metrics are explained in docs/REPORT.md."})
final class ReportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the numbers as JSON; - writes them to the output in place of the text.")
    private @Nullable String json;

    @Mixin
    private SessionModelOptions model = new SessionModelOptions();

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SessionOptions options = model.options();
        Summary summary = OpenCapture.open(capture, terminal).summary(options, terminal);
        print(summary);
        return ExitCode.OK.code();
    }

    private void print(Summary summary) {
        if ("-".equals(json)) {
            terminal.out().print(JsonReport.render(summary));
            return;
        }
        if (json != null) {
            try {
                Files.writeString(Path.of(json), JsonReport.render(summary));
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "--json " + json + " cannot be written: name a file in a folder you may write to",
                        e);
            }
        }
        terminal.out().print(new TextReport(terminal.width(), terminal.colour()).render(summary));
    }
}
