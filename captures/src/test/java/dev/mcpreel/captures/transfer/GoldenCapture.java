package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureExcerpt;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.WriterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recording of real clients, and what stands in it. */
final class GoldenCapture {
    private GoldenCapture() {}

    static Path unpacked(String row, Path into) {
        try {
            return TestCaptures.golden("sessions/" + row, into.resolve(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path cut(Path capture, CutOptions options, Path into) {
        try (CaptureExcerpt excerpt = CaptureExcerpt.open(capture, into)) {
            return CaptureCut.cut(
                            excerpt,
                            options,
                            SessionOptions.defaults(),
                            Redaction.standard(),
                            WriterOptions.defaults(),
                            () -> false)
                    .folder();
        }
    }

    static List<AgentSession> sessions(Path capture) {
        List<AgentSession> sessions = new ArrayList<>();
        SessionModel model = new SessionModel(SessionOptions.defaults().keepingExchanges(), new SessionListener() {
            @Override
            public void onSession(AgentSession session) {
                sessions.add(session);
            }
        });
        CaptureReader.open(capture).read(model);
        model.finish();
        return sessions;
    }

    static List<Call> calls(Path capture) {
        return sessions(capture).stream()
                .flatMap(session -> session.calls().stream())
                .toList();
    }
}
