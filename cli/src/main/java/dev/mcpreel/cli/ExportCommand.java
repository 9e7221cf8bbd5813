package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.transfer.CaptureExport;
import dev.mcpreel.captures.transfer.ExportReport;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel export}: a capture as a file that other programs read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Write a capture as JSON Lines, as a HAR for browser tools, or as a k6 script.",
        footer = {
            "",
            "The capture's secrets are hashes already; all else stands in the file in clear. See docs/EXPORT.md.",
            "Example:  mcp-reel export captures | jq -r 'select(.kind == \"call\") | .tool'"
        })
final class ExportCommand implements Callable<Integer> {
    private static final int DEFAULT_SESSIONS = 100;

    /** What can be written. */
    enum Format {
        JSONL,
        HAR,
        K6
    }

    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(names = "--format", paramLabel = "FORMAT", description = "jsonl (the default), har or k6.")
    private Format format = Format.JSONL;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; - (the default) is the output.")
    private String out = "-";

    @Option(
            names = "--no-http",
            description = "jsonl: only calls, requests and sessions. Such a file cannot be imported again.")
    private boolean noHttp;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            description = "k6: the first N sessions that call a tool, " + DEFAULT_SESSIONS + " unless told otherwise.")
    private @Nullable Integer sessions;

    @Mixin
    private SessionModelOptions model = new SessionModelOptions();

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        check();
        SessionOptions how = model.options();
        OpenCapture open = OpenCapture.open(capture, terminal);
        ExportReport report =
                new OutputTarget(out, terminal).write(to -> open.export(reader -> export(reader, how, to), terminal));
        report.notes().forEach(note -> terminal.err().println("note: " + TerminalText.escape(note)));
        terminal.err()
                .println("exported " + Amounts.count(report.sessions(), "session") + ", "
                        + Amounts.count(report.calls(), "call")
                        + (out.equals("-") ? "" : " to " + TerminalText.escape(out)));
        return ExitCode.OK.code();
    }

    private void check() {
        if (noHttp && format != Format.JSONL) {
            throw CommandFailure.usage("--no-http goes with --format jsonl only");
        }
        if (sessions != null && format != Format.K6) {
            throw CommandFailure.usage("--sessions goes with --format k6 only");
        }
        if (sessions != null && sessions < 1) {
            throw CommandFailure.usage("--sessions " + sessions + " must be 1 or more");
        }
    }

    private ExportReport export(CaptureReader reader, SessionOptions how, OutputStream to) {
        return switch (format) {
            case JSONL -> CaptureExport.jsonl(reader, how, !noHttp, to);
            case HAR -> CaptureExport.har(reader, how, to);
            case K6 -> CaptureExport.k6(reader, how, sessions == null ? DEFAULT_SESSIONS : sessions, to);
        };
    }
}
