package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.store.CaptureSalvager;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.SalvageReport;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.store.WriterOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel salvage}: what can be read of a damaged capture, as a new one. */
@Command(
        name = "salvage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Copy every intact record of a damaged or interrupted capture into a new capture.",
        footer = {"", "The capture itself is only read. Exits with 0 when all that can be read of it was copied."})
final class SalvageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "The capture's folder.")
    private Path capture = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The store for the new capture.")
    private Path out = Path.of("");

    SalvageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SalvageReport report = CaptureSalvager.salvage(capture, out, Version.product(), WriterOptions.defaults());
        VerifyReport source = report.source();
        AccountingWords.top(source.accounting()).forEach(terminal.err()::println);
        if (source.ok() && !source.interrupted()) {
            terminal.err()
                    .println(
                            TerminalText.escape("nothing is damaged in " + source.folder() + ": this is a plain copy"));
        }
        line("saved", DamageWords.readable(source));
        if (!source.manifestProblem().isEmpty()) {
            line("MANIFEST", TerminalText.escape(source.manifestProblem()) + "; a new one was made from the records");
        }
        DamageWords.damage(source).forEach(line -> line(line.label(), line.words()));
        line(
                "capture",
                TerminalText.escape(report.folder().toString())
                        + (report.manifest().ending() == Ending.STOPPED ? " (stopped)" : ""));
        return ExitCode.OK.code();
    }

    private void line(String label, String words) {
        terminal.out().println(String.format(Locale.ROOT, "%-12s", label) + words);
    }
}
