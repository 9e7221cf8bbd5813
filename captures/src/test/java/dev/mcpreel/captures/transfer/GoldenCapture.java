package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A recording of real clients, and what stands in it. */
final class GoldenCapture {
    private GoldenCapture() {}

    static Path unpacked(String row, Path into) {
        try (InputStream in = Objects.requireNonNull(
                        GoldenCapture.class.getResourceAsStream("/sessions/" + row + "/capture.zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            Path folder = into.resolve(row);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
            return folder;
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

    static List<CaptureEvent> events(Path capture) {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(capture).read(events::add);
        return events;
    }
}
