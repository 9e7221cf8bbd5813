package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeCounts;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.store.CaptureException;
import dev.mcpreel.captures.store.CaptureException.Category;
import dev.mcpreel.captures.store.Counts;
import dev.mcpreel.captures.store.CutInfo;
import dev.mcpreel.captures.store.Ending;
import dev.mcpreel.captures.store.ImportInfo;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ManifestSeed;
import dev.mcpreel.captures.store.Removed;
import dev.mcpreel.captures.store.SalvageInfo;
import dev.mcpreel.captures.store.SourceCounts;
import dev.mcpreel.captures.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** JSON Lines of {@link JsonlExport} back into a capture: the same events in the same order. For one use. */
final class JsonlImport {
    private final Path file;
    private final ImportOptions options;
    private long events;
    private long lastNanos;

    JsonlImport(Path file, ImportOptions options) {
        this.file = file;
        this.options = options;
    }

    ImportReport into(Path storeDir) throws IOException {
        try (LineReader lines = new LineReader(file)) {
            Manifest old = begin(lines.next());
            lastNanos = old.anchor().atNanos();
            try (NewCapture capture = NewCapture.begin(storeDir, seed(old), old.anchor(), options)) {
                Fields end = copy(lines, capture, new EventReader(old.anchor().atNanos()));
                return end(capture, old, end);
            }
        }
    }

    private Manifest begin(@Nullable Fields first) {
        if (first == null || !first.text("kind", "").equals("capture")) {
            throw Fields.bad(
                    file + ", line 1", "this is no export of a capture: its first line has no \"kind\":\"capture\"");
        }
        if (first.number("schema") > JsonlExport.VERSION) {
            throw new CaptureException(
                    Category.INPUT, file + " was written by a newer mcp-reel: update mcp-reel to import it");
        }
        if (!first.flag("http")) {
            throw first.bad("this was exported with --no-http, and there is no way back without the HTTP exchanges;"
                    + " export the capture again without it");
        }
        try {
            ObjectNode told = (ObjectNode)
                    Fields.of(first.where(), first.node().get("capture")).node();
            told.set("counts", Json.mapper().valueToTree(Counts.NONE));
            return Json.mapper().treeToValue(told, Manifest.class);
        } catch (JacksonException | NullPointerException e) {
            throw first.bad("\"capture\" lacks a field or has a wrong one");
        }
    }

    private ManifestSeed seed(Manifest old) {
        Set<String> redaction = new LinkedHashSet<>(old.redaction());
        redaction.addAll(options.redaction().describe());
        return new ManifestSeed(
                old.role(),
                old.product(),
                old.listen(),
                old.upstreams(),
                List.copyOf(redaction),
                old.replay(),
                old.filter());
    }

    /** Returns the end line. */
    private Fields copy(LineReader lines, NewCapture capture, EventReader reader) throws IOException {
        EventOrder order = new EventOrder((where, event, incomplete) -> {
            lastNanos = event.atNanos();
            capture.add(where, event, incomplete);
        });
        for (Fields line = lines.next(); line != null; line = lines.next()) {
            switch (line.text("kind")) {
                case "exchange" -> exchange(line, reader, order);
                case "log" -> {
                    events++;
                    order.add(line, line.number("n"), record(line), false);
                }
                case "call", "request", "session" -> {
                    // Told by the exchanges.
                }
                case "end" -> {
                    order.finish();
                    return ended(line);
                }
                default -> throw line.bad("\"kind\" is none of the words this version knows");
            }
            order.release();
        }
        throw Fields.bad(lines.where(), "the file ends without its end line: it was cut off; export the capture again");
    }

    private void exchange(Fields line, EventReader reader, EventOrder order) {
        long id = line.number("exchange");
        long connection = line.number("connection");
        for (Fields event : line.objects("events")) {
            events++;
            order.add(event, event.number("n"), reader.read(event, id, connection), event.flag("incomplete"));
        }
    }

    private static CaptureEvent record(Fields line) {
        EventKind kind = line.label("event", EventKind.class);
        Class<? extends CaptureEvent> type =
                switch (kind) {
                    case GAP -> Gap.class;
                    case CLOCK_ANCHOR -> ClockAnchor.class;
                    case NAME_DEFINED -> NameDefined.class;
                    case STEP -> StepRecord.class;
                    case RUN_SAMPLE -> RunSample.class;
                    case COUNTS -> ExchangeCounts.class;
                    case REQUEST_HEAD,
                            UPSTREAM_CONNECTED,
                            UPSTREAM_FAILED,
                            RESPONSE_HEAD,
                            BODY_PART,
                            TRAILERS,
                            EXCHANGE_END -> throw line.bad("an event of an exchange stands in no line of its own");
                };
        try {
            return Json.mapper().treeToValue(line.node().path("record"), type);
        } catch (JacksonException | NullPointerException e) {
            throw line.bad("\"record\" lacks a field or has a wrong one");
        }
    }

    private Fields ended(Fields line) {
        if (line.number("events") != events) {
            throw line.bad("lines are missing: " + line.number("events") + " events were exported and " + events
                    + " are there; export the capture again");
        }
        return line;
    }

    private ImportReport end(NewCapture capture, Manifest old, Fields end) {
        List<String> notes = notes(old, end);
        Ending ending = ending(end);
        long missing = end.number("missingRecords");
        if (missing > 0) {
            Gap gap = new Gap(lastNanos, LossReason.DAMAGED, -1, 0, missing, 0);
            capture.add(end.where(), gap, false);
        }
        Counts counts = counts(end);
        SourceCounts source = new SourceCounts(-1, counts.filtered(), counts.lost(), counts.lostSteps());
        long wall = WallTime.nanos(end.text("endedAt", "")).orElse(old.anchor().wallOf(lastNanos));
        ImportInfo info =
                new ImportInfo(String.valueOf(file.getFileName()), FileKind.JSONL.toString(), old.id(), notes);
        Manifest made = capture.end(wall, ending, source, info, old.relay());
        return new ImportReport(capture.folder(), FileKind.JSONL, made, notes);
    }

    private static Ending ending(Fields end) {
        try {
            return Ending.valueOf(end.text("ending"));
        } catch (IllegalArgumentException e) {
            throw end.bad("\"ending\" is none of the words this version knows");
        }
    }

    private static Counts counts(Fields end) {
        try {
            return Json.mapper().treeToValue(end.node().path("counts"), Counts.class);
        } catch (JacksonException | NullPointerException e) {
            throw end.bad("\"counts\" lacks a field or has a wrong one");
        }
    }

    private static List<String> notes(Manifest old, Fields end) {
        List<String> notes = new ArrayList<>();
        Removed removed = old.removed();
        if (removed != null) {
            notes.add(removed.inWords());
        }
        SalvageInfo salvaged = old.salvaged();
        if (salvaged != null) {
            notes.add("the exported capture was salvaged from " + salvaged.from() + ", " + salvaged.missingRecords()
                    + " records of it are missing");
        }
        CutInfo cut = old.cut();
        if (cut != null) {
            notes.add("the exported capture was " + cut.inWords());
        }
        ImportInfo imported = old.imported();
        if (imported != null) {
            notes.add("the exported capture was imported from " + imported.from());
            notes.addAll(imported.notes());
        }
        long missing = end.number("missingRecords");
        if (missing > 0) {
            notes.add(missing + " records of the exported capture could not be read");
        }
        return notes;
    }
}
