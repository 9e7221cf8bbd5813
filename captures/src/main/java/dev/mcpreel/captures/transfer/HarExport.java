package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.wire.Json;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A capture as an HTTP Archive 1.2, an exchange an entry. One pass; of bodies it holds what is open, up to a bound, and of
 * an entry no more than browser tools can open.
 */
final class HarExport implements SessionListener {
    static final int VERSION = 1;
    private static final long ENTRY_BYTES = 16L << 20;
    private static final long HELD_BYTES = 128L << 20;
    private static final int WAITING_ENTRIES = 4_096;

    private final Manifest manifest;
    private final EventWriter events;
    private final HarEntryWriter entries;
    private final StartOrder order;
    private final SessionModel model;
    private final Map<Long, HarEntry> held = new LinkedHashMap<>();
    /** Those that are over and wait for the session model only; what it finds out too late is not in them. */
    private final Set<Long> waiting = new LinkedHashSet<>();

    private long number;
    private long bytes;
    private long written;
    private long incomplete;
    private long headless;
    private long sessions;
    private long calls;

    private HarExport(Manifest manifest, SessionOptions how, LineSink out) {
        this.model = new SessionModel(how, this);
        this.manifest = manifest;
        this.events = new EventWriter(manifest.anchor().atNanos());
        this.entries = new HarEntryWriter(manifest.anchor());
        this.order = new StartOrder(entry -> out.text((written++ == 0 ? "\n" : ",\n") + entry));
    }

    static ExportReport write(CaptureReader capture, SessionOptions how, OutputStream to) {
        LineSink out = new LineSink(to);
        HarExport export = new HarExport(capture.manifest(), how, out);
        out.text(export.begin());
        ReadSummary read = capture.readLogged(export::take);
        export.finish();
        out.text("\n]}}\n");
        out.flush();
        return new ExportReport(read, export.sessions, export.calls, export.notes());
    }

    private String begin() {
        ObjectNode log = Json.mapper().createObjectNode().put("version", "1.2");
        ObjectNode creator = log.putObject("creator");
        String[] product = manifest.product().split(" ", 2);
        creator.put("name", product[0]).put("version", product.length < 2 ? "" : product[1]);
        log.putArray("pages");
        ObjectNode own = log.putObject("_mcp").put("schema", VERSION).put("capture", manifest.id());
        own.set("anchor", Json.mapper().valueToTree(manifest.anchor()));
        own.put("role", Labels.of(manifest.role())).put("listen", manifest.listen());
        own.set("upstreams", Json.mapper().valueToTree(manifest.upstreams()));
        own.set("redaction", Json.mapper().valueToTree(manifest.redaction()));
        String text = LineSink.render(log);
        return "{\"log\":" + text.substring(0, text.length() - 1) + ",\"entries\":[";
    }

    private void take(CaptureEvent event, boolean lost) {
        number++;
        if (event instanceof ExchangeEvent part) {
            HarEntry entry = held.get(part.exchangeId());
            if (part instanceof RequestHead head && (entry == null || entry.isEnded())) {
                entry = new HarEntry(events, head);
                held.put(head.exchangeId(), entry);
            }
            if (entry == null) {
                headless++;
            } else {
                long room = Math.min(ENTRY_BYTES - entry.bytes(), HELD_BYTES - bytes);
                bytes += entry.add(number, part, lost, room);
            }
        }
        model.accept(event);
        if (event instanceof ExchangeEvent part) {
            release(part.exchangeId());
        }
    }

    @Override
    public void onRequest(RequestTrace request) {
        calls += request.isCall() ? 1 : 0;
        HarEntry entry = held.get(request.exchangeId());
        if (entry != null) {
            entry.tell(request);
            release(request.exchangeId());
        }
    }

    @Override
    public void onSession(AgentSession session) {
        sessions++;
    }

    private void release(long exchangeId) {
        HarEntry entry = held.get(exchangeId);
        if (entry == null || !entry.isEnded()) {
            return;
        }
        waiting.add(exchangeId);
        if (entry.isDone()) {
            write(exchangeId);
        }
        if (waiting.size() > WAITING_ENTRIES || bytes > HELD_BYTES / 2) {
            List.copyOf(waiting).forEach(this::write);
        }
    }

    private void finish() {
        model.finish();
        List.copyOf(held.keySet()).forEach(this::write);
        order.finish();
    }

    private void write(long exchangeId) {
        HarEntry entry = held.remove(exchangeId);
        waiting.remove(exchangeId);
        if (entry == null) {
            return;
        }
        bytes -= entry.bytes();
        incomplete += entry.missingParts() > 0 ? 1 : 0;
        order.add(entry.request().atNanos(), LineSink.render(entries.write(entry)));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (incomplete > 0) {
            notes.add("parts of the bodies of " + incomplete
                    + " entries are not in the file, because the capture does not"
                    + " have them or an entry holds 16 MiB at most");
        }
        if (headless > 0) {
            notes.add(headless + " events of exchanges whose beginning is lost are not in the file");
        }
        return notes;
    }
}
