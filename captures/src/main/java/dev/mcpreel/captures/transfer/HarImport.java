package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Role;
import dev.mcpreel.captures.store.SourceCounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A HAR into a capture: of a browser or a proxy as well as it can be told, of our own as it was. For one use. */
final class HarImport {
    /** A monotonic clock begins anywhere; 0 would mean "never". */
    private static final long ORIGIN_NANOS = 1_000_000_000L;

    private static final int MOST_UPSTREAMS = 20;
    private static final String NOT_HTTP = "import: no http";

    private final Path file;
    private final ImportOptions options;
    private final HarNotes notes = new HarNotes();
    private final List<Placed> placed = new ArrayList<>();
    private final Map<String, Long> connections = new HashMap<>();
    private final Set<Long> ownExchanges = new HashSet<>();
    private final Set<String> upstreams = new LinkedHashSet<>();
    private long earliestWallNanos = Long.MAX_VALUE;
    private long lastId;
    private long entries;

    HarImport(Path file, ImportOptions options) {
        this.file = file;
        this.options = options;
    }

    ImportReport into(Path storeDir) throws IOException {
        HarFile har = new HarFile(file);
        Fields log = har.read(this::survey);
        if (entries == 0) {
            throw log.bad("there is no HTTP exchange in its entries: nothing to import");
        }
        JsonNode told = log.node().path("_mcp").path("anchor");
        boolean own = told.path("atNanos").isIntegralNumber()
                && told.path("wallNanos").isIntegralNumber();
        ClockAnchor anchor = own
                ? new ClockAnchor(
                        told.path("atNanos").longValue(), told.path("wallNanos").longValue())
                : new ClockAnchor(ORIGIN_NANOS, earliestWallNanos);
        EventReader reader = new EventReader(anchor.atNanos());
        har.read(entry -> take(entry, anchor, own ? reader : null));
        Placed.sort(placed);
        return write(storeDir, anchor, log);
    }

    private void survey(Fields entry) {
        if (HarUrl.parse(request(entry).text("url")) != null) {
            entries++;
            earliestWallNanos = Math.min(earliestWallNanos, started(entry));
            lastId = Math.max(lastId, entry.node().path("_mcp").path("exchange").longValue(0));
        }
    }

    private static Fields request(Fields entry) {
        return Fields.of(entry.where() + ", request", entry.node().get("request"));
    }

    private static long started(Fields entry) {
        OptionalLong wall = WallTime.nanos(entry.text("startedDateTime"));
        return wall.orElseThrow(() -> entry.bad("\"startedDateTime\" is no ISO 8601 time with an offset"));
    }

    private void take(Fields entry, ClockAnchor anchor, @Nullable EventReader reader) {
        URI url = HarUrl.parse(request(entry).text("url"));
        if (url == null) {
            notes.foreignEntry();
            return;
        }
        HarOwnEntry own = reader == null ? null : HarOwnEntry.of(entry);
        if (own != null && reader != null && ownExchanges.add(own.exchange())) {
            if (!own.isWhole()) {
                notes.partEntry();
            }
            placed.addAll(own.events(reader));
            return;
        }
        notes.plainEntry();
        if (upstreams.size() < MOST_UPSTREAMS) {
            upstreams.add(HarUrl.origin(url));
        }
        long start = anchor.atNanos() + (started(entry) - anchor.wallNanos());
        long id = ++lastId;
        List<ExchangeEvent> events = new HarPlainEntry(entry, url, start, id, connection(entry, url), notes).events();
        placed.addAll(Placed.of(entry.where(), events, false));
    }

    /** Connections of a browser have ids of their own; what has none is taken to be alone on its own. */
    private long connection(Fields entry, URI url) {
        String told = entry.node().path("connection").asString("");
        long next = connections.size() + 1_000_000L;
        return connections.computeIfAbsent(
                told.isEmpty() || told.equals("0") ? "entry " + next : HarUrl.origin(url) + " " + told, name -> next);
    }

    private ImportReport write(Path storeDir, ClockAnchor anchor, Fields log) {
        Fields own = new Fields(log.where(), log.node().path("_mcp"));
        upstreams.addAll(own.texts("upstreams"));
        Set<String> redaction = new LinkedHashSet<>(own.texts("redaction"));
        redaction.addAll(options.redaction().describe());
        ManifestSeed seed = new ManifestSeed(
                Role.RECORDED,
                options.product(),
                own.text("listen", ""),
                List.copyOf(upstreams),
                List.copyOf(redaction),
                null);
        List<String> words = notes.words();
        if (own.text("role", "").equals("replayed")) {
            words.add("the file is of a replay, of which only the HTTP exchanges are here: it reads as a recording");
        }
        try (NewCapture capture = NewCapture.begin(storeDir, seed, anchor, options)) {
            long last = anchor.atNanos();
            for (Placed next : placed) {
                last = Math.max(last, next.atNanos());
                capture.add(next.where(), next.event(), next.incomplete());
            }
            Map<String, Long> filtered =
                    notes.foreignEntries() == 0 ? Map.of() : Map.of(NOT_HTTP, (long) notes.foreignEntries());
            ImportInfo info = new ImportInfo(
                    String.valueOf(file.getFileName()), FileKind.HAR.toString(), own.text("capture", ""), words);
            Manifest made = capture.end(
                    anchor.wallOf(last), Ending.COMPLETE, new SourceCounts(-1, filtered, Map.of(), 0), info, null);
            return new ImportReport(capture.folder(), FileKind.HAR, made, words);
        }
    }
}
