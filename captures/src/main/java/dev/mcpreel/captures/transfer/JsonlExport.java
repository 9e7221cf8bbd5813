package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.wire.Json;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A capture as JSON Lines, see docs/EXPORT.md: what the agents did, one call a line, and beside it every event of the log,
 * so that {@link JsonlImport} gets the capture back. One pass, in memory that does not grow with the capture.
 */
final class JsonlExport {
    /** Of the lines, see docs/EXPORT.md. */
    static final int VERSION = 1;

    private final LineSink out;
    private final boolean http;
    private final Manifest manifest;
    private final CallLines calls;
    private final ExchangeLines exchanges;
    private final SessionModel model;
    private long number;

    private JsonlExport(Manifest manifest, SessionOptions how, boolean http, LineSink out) {
        this.out = out;
        this.http = http;
        this.manifest = manifest;
        EventWriter writer = new EventWriter(manifest.anchor().atNanos());
        this.calls = new CallLines(manifest.anchor(), writer, out::line);
        this.exchanges = new ExchangeLines(writer, out::line);
        this.model = new SessionModel(how, calls);
    }

    /**
     * Writes all of a capture.
     *
     * @param http whether the HTTP exchanges are written too; without them there is no way back
     */
    static ExportReport write(CaptureReader capture, SessionOptions how, boolean http, OutputStream to) {
        LineSink out = new LineSink(to);
        JsonlExport export = new JsonlExport(capture.manifest(), how, http, out);
        out.line(export.begin());
        ReadSummary read = capture.readLogged(export::take);
        export.finish(read, capture.manifest());
        out.flush();
        return new ExportReport(read, export.calls.sessions(), export.calls.calls(), List.of());
    }

    private ObjectNode begin() {
        ObjectNode line =
                Json.mapper().createObjectNode().put("kind", "capture").put("schema", VERSION);
        line.put("http", http);
        ObjectNode told = Json.mapper().valueToTree(manifest);
        told.remove("counts");
        line.set("capture", told);
        return line;
    }

    private void take(CaptureEvent event, boolean incomplete) {
        number++;
        if (http) {
            if (event instanceof ExchangeEvent part) {
                exchanges.add(number, part, incomplete);
            } else {
                ObjectNode line =
                        Json.mapper().createObjectNode().put("kind", "log").put("n", number);
                line.put("event", Labels.of(event.kind()));
                line.set("record", Json.mapper().valueToTree(event));
                out.line(line);
            }
        }
        model.accept(event);
    }

    private void finish(ReadSummary read, Manifest after) {
        model.finish();
        exchanges.finish();
        calls.finish();
        ObjectNode line = Json.mapper().createObjectNode().put("kind", "end").put("events", number);
        line.put("sessions", calls.sessions()).put("calls", calls.calls()).put("requests", calls.requests());
        line.put("missingRecords", read.missing(after)).put("damagedBytes", read.damagedBytes());
        line.set("counts", Json.mapper().valueToTree(after.counts()));
        line.put("ending", after.ending().name()).put("endedAt", after.endedAt());
        out.line(line);
    }
}
