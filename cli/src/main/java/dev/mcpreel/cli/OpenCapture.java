package dev.mcpreel.cli;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.store.Removed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A capture as the commands read it: which one was meant, what is wrong with it, and its numbers. */
final class OpenCapture {
    private final CaptureReader reader;

    private OpenCapture(CaptureReader reader) {
        this.reader = reader;
    }

    /** Opens a capture and says on the error stream which one was chosen and what it lacks. */
    static OpenCapture open(Path given, Terminal terminal) {
        OpenCapture capture = new OpenCapture(CaptureReader.open(given));
        if (capture.reader.chosenFromStore()) {
            terminal.err().println("reading " + capture.reader.folder() + ", the newest complete run in " + given);
        }
        for (Path newer : capture.reader.newerSkipped()) {
            terminal.err().println("warning: " + newer + " is newer and has no end; name it to read it");
        }
        Removed removed = capture.manifest().removed();
        if (removed != null) {
            terminal.err().println("note: " + removed.inWords());
        }
        capture.warnings().forEach(warning -> terminal.err().println("warning: " + warning));
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
        long lost = manifest().counts().lostExchanges();
        if (lost > 0) {
            warnings.add("this recording lost " + Amounts.count(lost, "exchange") + " of "
                    + manifest().counts().seen() + " " + manifest().counts().lost());
        }
        return warnings;
    }

    /** The agent sessions in order of start. */
    List<AgentSession> sessions(SessionOptions options, Terminal terminal) {
        List<AgentSession> sessions = new ArrayList<>();
        SessionModel model = new SessionModel(options, new SessionListener() {
            @Override
            public void onSession(AgentSession session) {
                sessions.add(session);
            }
        });
        warnOfDamage(reader.read(model), terminal);
        model.finish();
        sessions.sort(Comparator.comparingLong(AgentSession::startNanos));
        return sessions;
    }

    Summary summary(Terminal terminal) {
        CaptureAnalysis analysis = new CaptureAnalysis(manifest().role());
        SessionModel model = new SessionModel(SessionOptions.defaults(), analysis);
        ReadSummary read = reader.read(event -> {
            analysis.accept(event);
            model.accept(event);
        });
        model.finish();
        warnOfDamage(read, terminal);
        return Summary.of(manifest(), analysis, read);
    }

    private void warnOfDamage(ReadSummary read, Terminal terminal) {
        if (!read.intact()) {
            terminal.err().println("warning: parts of this capture cannot be read; see: mcp-reel verify " + folder());
        }
    }
}
