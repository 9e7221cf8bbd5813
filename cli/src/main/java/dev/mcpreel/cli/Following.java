package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TailLines;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.CallKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Turns the events of one capture into lines. Memory depends on the sessions under way. */
final class Following implements Consumer<CaptureEvent>, SessionListener {
    private static final long LAG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TailFilter filter;
    private final TailLines lines;
    private final Consumer<? super List<String>> sink;
    private final SessionModel model;
    private final Map<String, Tally> sessions = new HashMap<>();
    private long nowNanos;
    private long heardNanos;
    private long toldMissing;

    private static final class Tally {
        private final String client;
        private long calls;
        private long errors;

        Tally(String client) {
            this.client = client;
        }
    }

    /** @param sink gets what happened, some lines for each */
    Following(SessionOptions options, TailFilter filter, TailLines lines, Consumer<? super List<String>> sink) {
        this.model = new SessionModel(options, this);
        this.filter = filter;
        this.lines = lines;
        this.sink = sink;
    }

    @Override
    public void accept(CaptureEvent event) {
        nowNanos = Math.max(nowNanos, event.atNanos());
        heardNanos = 0;
        if (event instanceof Gap gap) {
            sink.accept(lines.lost(gap));
        }
        model.accept(event);
    }

    /**
     * Time goes by in the capture though nothing is written: a session that ended is told of, and a request that waits for nothing
     * any more. Not closer than a second, for what is on its way to the log.
     *
     * @param clockNanos of any monotonic clock
     */
    void quiet(long clockNanos) {
        if (heardNanos == 0) {
            heardNanos = clockNanos;
        } else if (nowNanos != 0 && clockNanos - heardNanos > LAG_NANOS) {
            model.accept(new ClockAnchor(nowNanos + clockNanos - heardNanos - LAG_NANOS, 0));
        }
    }

    /** So many records of the capture will not come, in all. */
    void missing(long records) {
        if (records > toldMissing) {
            sink.accept(lines.missing(records - toldMissing, nowNanos));
            toldMissing = records;
        }
    }

    /** The capture is over. */
    void finish() {
        model.finish();
    }

    @Override
    public void onRequest(RequestTrace request) {
        Tally tally = sessions.get(request.sessionId());
        if (tally == null) {
            tally = new Tally(client(request));
            sessions.put(request.sessionId(), tally);
            if (!filter.picksRequests() && filter.isOfAgent(tally.client)) {
                sink.accept(lines.begin(request.sessionId(), tally.client, request.startNanos()));
            }
        }
        tally.calls += request.isCall() ? 1 : 0;
        tally.errors += request.isCall() && request.outcome().isError() ? 1 : 0;
        if (filter.shows(request, tally.client)) {
            sink.accept(lines.request(request));
        }
    }

    /** A call of one request was told of with that. */
    @Override
    public void onCall(Call call) {
        Tally tally = sessions.get(call.sessionId());
        if (tally != null && call.kind() != CallKind.PLAIN && filter.shows(call, tally.client)) {
            sink.accept(lines.call(call));
        }
    }

    @Override
    public void onSession(AgentSession session) {
        Tally tally = sessions.remove(session.id());
        if (tally != null && !filter.picksRequests() && filter.isOfAgent(tally.client)) {
            TailLines.SessionNumbers numbers =
                    new TailLines.SessionNumbers(session.startNanos(), session.endNanos(), tally.calls, tally.errors);
            sink.accept(lines.end(session.id(), numbers));
        }
    }

    /** As the first request gives it: initialize, or any of the modern era (2026-07-28, basic/index). */
    private static String client(RequestTrace request) {
        JsonNode params = request.request().node().path("params");
        JsonNode info = params.path("clientInfo").isObject()
                ? params.path("clientInfo")
                : params.path("_meta").path("io.modelcontextprotocol/clientInfo");
        return (text(info.path("name")) + " " + text(info.path("version"))).strip();
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }
}
