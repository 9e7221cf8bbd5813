package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.Accounting;
import dev.mcpreel.captures.store.CaptureExcerpt;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.CutReport;
import dev.mcpreel.captures.store.LoggedExchanges;
import dev.mcpreel.captures.store.VerifyReport;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.transfer.CaptureCut;
import dev.mcpreel.captures.transfer.CutOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcp-reel cut}: a small capture out of a large one. */
@Command(
        name = "cut",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Copy some sessions of a capture into a new capture, redacted again.",
        footer = {
            "",
            "All that is asked for must hold; of one option given twice one is enough. docs/CUT.md says what is kept.",
            "Example:  mcp-reel cut captures --out shared --tool 'search_*' --outcome tool_error --sessions 5"
        })
final class CutCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CAPTURE", description = "A capture's folder, or a folder of captures for the newest.")
    private Path capture = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The store for the new capture.")
    private Path out = Path.of("");

    @Mixin
    private CutSelectOptions select = new CutSelectOptions();

    @Mixin
    private RedactOptions redact = new RedactOptions();

    @Mixin
    private SessionModelOptions model = new SessionModelOptions();

    CutCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CutOptions options = select.options();
        SessionOptions how = model.options();
        try (CaptureExcerpt excerpt = CaptureExcerpt.open(capture, out)) {
            if (!excerpt.folder().equals(capture)) {
                terminal.err()
                        .println(TerminalText.escape(
                                "reading " + excerpt.folder() + ", the newest complete run in " + capture));
            }
            Redaction redaction = redact.tightening(terminal, excerpt.manifest().redaction());
            AtomicBoolean stopped = new AtomicBoolean();
            Interrupts.Installed interrupts = Interrupts.onFirst(() -> stopped.set(true));
            try {
                tell(CaptureCut.cut(excerpt, options, how, redaction, WriterOptions.defaults(), stopped::get));
            } finally {
                interrupts.remove();
            }
            return ExitCode.OK.code();
        }
    }

    private void tell(CutReport report) {
        VerifyReport source = report.source();
        AccountingWords.top(source.accounting()).forEach(terminal.err()::println);
        if (source.live()) {
            terminal.err().println("warning: the capture is still being recorded; this is how far it got");
        } else if (source.interrupted()) {
            terminal.err().println("warning: the capture was interrupted: its recorder never ended it");
        }
        CutInfo cut = Objects.requireNonNull(report.manifest().cut());
        Counts counts = report.manifest().counts();
        line(
                "kept",
                Amounts.count(cut.sessions(), "session") + ", " + cut.exchanges() + " of "
                        + Amounts.count(source.exchangesSeen(), "exchange") + ", " + Amounts.bytes(counts.bytes())
                        + " of " + Amounts.bytes(source.log().bytes()));
        line("accounting", AccountingWords.equation(Accounting.of(report.manifest(), LoggedExchanges.NONE)));
        line("capture", TerminalText.escape(report.folder().toString()));
    }

    private void line(String label, String words) {
        terminal.out().println(String.format(Locale.ROOT, "%-12s", label) + words);
    }
}
