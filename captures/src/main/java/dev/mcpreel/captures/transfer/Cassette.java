package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What the imports of cassettes have in common: the file, the clock, the notes, the capture to be made. For one use. */
final class Cassette {
    /** A monotonic clock begins anywhere; 0 would mean "never". */
    static final long ORIGIN_NANOS = 1_000_000_000L;

    private static final long MOST_BYTES = 256L << 20;

    private final Path file;
    private final FileKind kind;
    private final ImportOptions options;
    private final Fields root;
    private final List<String> notes = new ArrayList<>();

    private Cassette(Path file, FileKind kind, ImportOptions options, Fields root) {
        this.file = file;
        this.kind = kind;
        this.options = options;
        this.root = root;
    }

    static Cassette read(Path file, FileKind kind, ImportOptions options) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new CaptureException(
                    Category.DAMAGED, file + " is larger than 256 MiB, which is the most for a cassette");
        }
        try {
            Fields root = Fields.of(file.toString(), Json.mapper().readTree(Files.readAllBytes(file)));
            return new Cassette(file, kind, options, root);
        } catch (JacksonException e) {
            throw Fields.bad(
                    file + ", line " + e.getLocation().getLineNr(),
                    "this is no JSON, or the file was cut off; record it again");
        }
    }

    Fields root() {
        return root;
    }

    CaptureException newer(String version) {
        return new CaptureException(
                Category.DAMAGED,
                file + " is a " + kind + " cassette of another version than " + version
                        + ", which this mcp-reel reads");
    }

    void note(long count, String words) {
        if (count > 0) {
            notes.add(count + " " + words);
        }
    }

    void note(String words) {
        notes.add(words);
    }

    /** Where the messages went; a made-up place when the cassette does not tell, or they went to no HTTP server. */
    URI server(String url) {
        URI told = HarUrl.parse(url);
        return told == null ? URI.create("http://stdio.invalid/mcp") : told;
    }

    /** @param recordedAt when it was recorded, as the cassette spells it */
    ImportReport into(Path storeDir, MadeTraffic traffic, @Nullable String recordedAt, URI server) {
        List<Placed> placed = traffic.placed();
        if (placed.isEmpty()) {
            throw root.bad("there is no message in it: nothing to import");
        }
        OptionalLong wall = recordedAt == null ? OptionalLong.empty() : WallTime.nanos(recordedAt);
        if (wall.isEmpty()) {
            notes.add("the date is that of the import, because the file tells none");
        }
        ClockAnchor anchor = new ClockAnchor(
                ORIGIN_NANOS,
                wall.orElseGet(() -> options.writer().clocks().wallNanos().getAsLong()));
        ManifestSeed seed = new ManifestSeed(
                Role.RECORDED,
                options.product(),
                "",
                List.of(HarUrl.origin(server)),
                options.redaction().describe(),
                null);
        try (NewCapture capture = NewCapture.begin(storeDir, seed, anchor, options)) {
            long last = ORIGIN_NANOS;
            for (Placed next : placed) {
                last = Math.max(last, next.atNanos());
                capture.add(next.where(), next.event(), next.incomplete());
            }
            ImportInfo info = new ImportInfo(String.valueOf(file.getFileName()), kind.toString(), "", notes);
            Manifest made = capture.end(anchor.wallOf(last), Ending.COMPLETE, SourceCounts.NONE, info, null);
            return new ImportReport(capture.folder(), kind, made, notes);
        }
    }
}
