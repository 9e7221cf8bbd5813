package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import dev.mcpreel.captures.testkit.CollectedSessions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Captures for the tests of exports and imports. */
final class TestCaptures {
    private TestCaptures() {}

    /** Writes events as a recorder would; returns the folder. */
    static Path write(Path store, List<? extends CaptureEvent> events) {
        return write(store, events, new Random(1), Ending.COMPLETE, SourceCounts.NONE);
    }

    /** @param random decides what is held together in one record, and which ends say that events were lost */
    static Path write(Path store, List<? extends CaptureEvent> events, Random random, Ending how, SourceCounts counts) {
        ManifestSeed seed = new ManifestSeed(
                Role.RECORDED,
                "mcp-reel test",
                "http://127.0.0.1:8080",
                List.of("http://127.0.0.1:3001"),
                List.of("a policy"),
                null,
                List.of("except path:/health"));
        // The clock of scripts begins at 1,000 s; one far from it would end every session.
        ImportClock clock = new ImportClock(new ClockAnchor(999_000_000_000L, 1_790_000_000_123_456_789L));
        WriterOptions options = WriterOptions.defaults().withClocks(clock.clocks());
        try (CaptureWriter writer = CaptureWriter.create(store, seed, options)) {
            clock.run();
            CaptureAppender appender = writer.newAppender();
            ImportRedaction redaction = new ImportRedaction(Redaction.standard());
            for (CaptureEvent clear : events) {
                CaptureEvent event = clear instanceof ExchangeEvent part ? redaction.apply(part) : clear;
                if (event instanceof ExchangeEnd end && random.nextInt(20) == 0) {
                    appender.appendIncomplete(end);
                } else {
                    appender.append(event);
                }
                if (random.nextInt(3) == 0) {
                    appender.flush();
                }
            }
            if (how != Ending.OPEN) {
                writer.close(how, counts);
            }
            return writer.folder();
        }
    }

    /** Unpacks a golden capture; returns its folder. */
    static Path golden(String name, Path into) throws IOException {
        try (InputStream in = TestCaptures.class.getResourceAsStream("/" + name + "/capture.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        return CaptureReader.open(into).folder();
    }

    static List<CaptureEvent> events(Path capture) {
        List<CaptureEvent> events = new ArrayList<>();
        CaptureReader.open(capture).read(event -> {
            events.add(event);
        });
        return events;
    }

    static CollectedSessions sessions(Path capture) {
        return sessions(events(capture));
    }

    static CollectedSessions sessions(List<? extends CaptureEvent> events) {
        CollectedSessions collected = new CollectedSessions();
        SessionModel model = new SessionModel(SessionOptions.defaults().keepingExchanges(), collected);
        events.forEach(model);
        model.finish();
        return collected;
    }

    static Manifest manifest(Path capture) {
        return CaptureReader.open(capture).manifest();
    }

    static String jsonl(Path capture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureExport.jsonl(CaptureReader.open(capture), SessionOptions.defaults(), true, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static ImportOptions options() {
        return options(Redaction.standard());
    }

    static ImportOptions options(Redaction redaction) {
        return new ImportOptions(redaction, "mcp-reel test", 0, WriterOptions.defaults());
    }

    static ImportReport importText(Path dir, String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.writeString(file, text);
        return CaptureImport.run(file, dir.resolve("imported"), null, options());
    }
}
