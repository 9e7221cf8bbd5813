package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.store.CaptureAppender;
import dev.mcpreel.captures.store.CaptureWriter;
import dev.mcpreel.captures.store.Clocks;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.RelayInfo;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.store.WriterOptions;
import java.nio.file.Path;
import java.util.List;

/** A {@link CaptureScript} as a capture on disk, begun at script time 0. */
public final class ScriptedCapture {
    /** The wall clock at script time 0: 2026-11-18T09:46:40Z. */
    public static final long WALL_NANOS = 1_794_995_200_000_000_000L;

    private ScriptedCapture() {}

    /** Clocks that stand still, so that two captures of one script differ in nothing. */
    public static WriterOptions options() {
        return WriterOptions.defaults().withClocks(new Clocks(() -> CaptureScript.at(0), () -> WALL_NANOS));
    }

    public static ManifestSeed seed(Role role) {
        return new ManifestSeed(
                role, "test", "", List.of("http://127.0.0.1:3001"), List.of("defaults: version 1"), null);
    }

    /** A complete recording. */
    public static Path write(Path store, CaptureScript script) {
        return write(store, script.events(), Ending.COMPLETE, SourceCounts.NONE);
    }

    /** A recording that ended so; one that is open was interrupted. */
    public static Path write(Path store, List<CaptureEvent> events, Ending how, SourceCounts source) {
        CaptureWriter writer = CaptureWriter.create(store, seed(Role.RECORDED), options());
        writer.listen("http://127.0.0.1:8080", new RelayInfo("preserve", "", "", false));
        append(writer, events);
        if (how == Ending.OPEN) {
            writer.close();
        } else {
            writer.close(how, source);
        }
        return writer.folder();
    }

    public static void append(CaptureWriter writer, List<CaptureEvent> events) {
        CaptureAppender appender = writer.newAppender();
        events.forEach(appender::append);
        appender.flush();
    }
}
