package dev.mcpreel.cli;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.Accounting;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.store.LoggedExchanges;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.SalvageInfo;
import dev.mcpreel.captures.transfer.ExportReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A capture as the commands read it: which one was meant, what is wrong with it, and its numbers. */
final class OpenCapture {
    private final CaptureReader reader;
    private boolean lossTold;

    private OpenCapture(CaptureReader reader) {
        this.reader = reader;
    }

    /** Opens a capture and says on the error stream which one was chosen and what it lacks. */
    static OpenCapture open(Path given, Terminal terminal) {
        OpenCapture capture = new OpenCapture(CaptureReader.open(given));
        if (capture.reader.chosenFromStore()) {
            terminal.err()
                    .println(TerminalText.escape(
                            "reading " + capture.reader.folder() + ", the newest complete run in " + given));
        }
        for (Path newer : capture.reader.newerSkipped()) {
            terminal.err()
                    .println(TerminalText.escape("warning: " + newer + " is newer and has no end; name it to read it"));
        }
        Removed removed = capture.manifest().removed();
        if (removed != null) {
            terminal.err().println("note: " + TerminalText.escape(removed.inWords()));
        }
        CutInfo cut = capture.manifest().cut();
        if (cut != null) {
            terminal.err().println("note: this capture was " + TerminalText.escape(cut.inWords()));
        }
        capture.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
        if (capture.manifest().ending() != Ending.OPEN) {
            capture.tell(LoggedExchanges.NONE, terminal);
        }
        return capture;
    }

    Path folder() {
        return reader.folder();
    }

    Manifest manifest() {
        return reader.manifest();
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (reader.live()) {
            warnings.add("this capture is still being recorded; what follows is how far it got");
        } else if (reader.interrupted()) {
            warnings.add("this capture was interrupted: its recorder never ended it; everything it wrote is read");
        }
        SalvageInfo salvaged = manifest().salvaged();
        if (salvaged != null) {
            warnings.add("this capture was salvaged from " + TerminalText.escape(salvaged.from()) + ": "
                    + Amounts.count(salvaged.missingRecords(), "record") + " of it are known to be missing");
        }
        ImportInfo imported = manifest().imported();
        if (imported != null && !imported.notes().isEmpty()) {
            warnings.add("this capture was imported from " + TerminalText.escape(imported.from()) + " ("
                    + TerminalText.escape(imported.format()) + "): "
                    + TerminalText.escape(String.join("; ", imported.notes())));
        }
        return warnings;
    }

    /** What is missing. A capture that had no end when it was opened tells when its log has been read, which is still before any result. */
    private void tell(LoggedExchanges logged, Terminal terminal) {
        lossTold = true;
        AccountingWords.top(Accounting.of(manifest(), logged)).forEach(terminal.err()::println);
    }

    /** Reads all of it through the session model. */
    void read(SessionOptions options, SessionListener listener, Terminal terminal) {
        SessionModel model = new SessionModel(options, listener);
        warnOf(reader.read(model), terminal);
        model.finish();
    }

    /** The agent sessions in order of start. */
    List<AgentSession> sessions(SessionOptions options, Terminal terminal) {
        List<AgentSession> sessions = new ArrayList<>();
        SessionListener gatherer = new SessionListener() {
            @Override
            public void onSession(AgentSession session) {
                sessions.add(session);
            }
        };
        read(options, gatherer, terminal);
        sessions.sort(Comparator.comparingLong(AgentSession::startNanos));
        return sessions;
    }

    /** Has the capture written as something else, and says what of it could not be read. */
    ExportReport export(Function<CaptureReader, ExportReport> how, Terminal terminal) {
        ExportReport report = how.apply(reader);
        warnOf(report.read(), terminal);
        return report;
    }

    Summary summary(SessionOptions options, Terminal terminal) {
        CaptureAnalysis analysis = new CaptureAnalysis(manifest().role());
        SessionModel model = new SessionModel(options, analysis);
        ReadSummary read = reader.read(event -> {
            analysis.accept(event);
            model.accept(event);
        });
        model.finish();
        warnOf(read, terminal);
        return Summary.of(manifest(), analysis, read);
    }

    private void warnOf(ReadSummary read, Terminal terminal) {
        if (!lossTold) {
            tell(read.exchanges(), terminal);
        }
        if (!read.intact()) {
            terminal.err()
                    .println("warning: parts of this capture cannot be read; see: mcp-reel verify "
                            + TerminalText.escape(folder().toString()));
        }
        long missing = read.missing(manifest());
        if (missing > 0 && manifest().ending() != Ending.OPEN) {
            terminal.err()
                    .println("warning: " + Amounts.count(missing, "record") + " of this capture "
                            + (missing == 1 ? "is" : "are") + " missing; " + DamageWords.cure(folder()));
        }
    }
}
