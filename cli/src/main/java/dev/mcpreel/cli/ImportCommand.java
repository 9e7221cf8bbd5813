package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.transfer.CaptureImport;
import dev.mcpreel.captures.transfer.FileKind;
import dev.mcpreel.captures.transfer.ImportOptions;
import dev.mcpreel.captures.transfer.ImportReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel import}: a capture out of another program's file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a capture of a HAR, of JSON Lines of mcp-reel export, or of a cassette.",
        footer = {
            "",
            "Secrets are kept from the disk as when recording, see docs/REDACTION.md. What the file does not say is made",
            "up, and the new capture says so. See docs/EXPORT.md.",
            "Example:  mcp-reel import inspector.har --out captures"
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The file to import.")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The store for the new capture.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, har, mcp-recorder or mcp-cassette. Default: by its content")
    private @Nullable String format;

    @Option(
            names = "--gap",
            paramLabel = "TIME",
            description = "mcp-recorder: the think time before each call, which the file does not tell. Default: 0s")
    private String gap = "0s";

    @Mixin
    private RedactOptions redact = new RedactOptions();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ImportOptions options = new ImportOptions(
                redact.redaction(terminal),
                Version.product(),
                Durations.nanosOrZero("--gap", gap),
                WriterOptions.defaults());
        ImportReport report = CaptureImport.run(file, out, kind(), options);
        report.notes().forEach(note -> terminal.err().println("note: " + TerminalText.escape(note)));
        terminal.out()
                .println("imported " + Amounts.count(report.manifest().counts().recorded(), "exchange") + " of "
                        + report.kind() + " as "
                        + TerminalText.escape(report.folder().toString())
                        + (report.manifest().ending() == Ending.OPEN ? " (interrupted)" : ""));
        return ExitCode.OK.code();
    }

    private @Nullable FileKind kind() {
        if (format == null) {
            return null;
        }
        return Arrays.stream(FileKind.values())
                .filter(kind -> kind.toString().equals(format))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("--format " + TerminalText.escape(String.valueOf(format))
                        + " is none of "
                        + Arrays.stream(FileKind.values())
                                .map(FileKind::toString)
                                .collect(Collectors.joining(", "))));
    }
}
