package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.redact.Masks;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.store.CaptureReader;
import dev.mcpreel.captures.store.ReadSummary;
import dev.mcpreel.captures.wire.Json;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The first agent sessions of a capture as a script for k6 with the extension xk6-infobip-mcp. */
final class K6Export implements SessionListener {
    /** Of arguments: a script is read whole by every virtual user. */
    private static final long MOST_CHARS = 64L << 20;
    /** Sessions that made no call yet. */
    private static final int MOST_WAITING = 65_536;

    private static final long MOST_EXACT = (1L << 53) - 1;

    private final int most;
    private final Map<String, K6Session> chosen = new LinkedHashMap<>();
    private final Map<String, K6Session> waiting = new LinkedHashMap<>();
    private long chars;
    private long calls;
    private long leftOut;
    private long sessionsLeftOut;
    private long nameless;
    private long masked;
    private long inexact;

    private K6Export(int most) {
        this.most = most;
    }

    static ExportReport write(CaptureReader capture, SessionOptions how, int sessions, OutputStream to) {
        K6Export export = new K6Export(sessions);
        SessionModel model = new SessionModel(how, export);
        ReadSummary read = capture.read(event -> model.accept(event));
        model.finish();
        LineSink out = new LineSink(to);
        List<K6Session> inOrder = new ArrayList<>(export.chosen.values());
        inOrder.sort(Comparator.comparingLong(K6Session::startNanos));
        List<String> notes = export.notes(inOrder);
        new K6Script(out).write(inOrder, notes);
        out.flush();
        return new ExportReport(read, inOrder.size(), export.calls, notes);
    }

    @Override
    public void onRequest(RequestTrace request) {
        if (!request.isCall()) {
            session(request.sessionId()).saw(request);
        }
    }

    @Override
    public void onCall(Call called) {
        RequestTrace request = called.first();
        K6Session session = session(called.sessionId());
        String tool = request.tool();
        JsonNode arguments = request.request().node().path("params").path("arguments");
        String json = arguments.isMissingNode() || arguments.isNull()
                ? "{}"
                : Json.mapper().writeValueAsString(arguments);
        if (tool == null) {
            nameless++;
        } else if (isChosen(session) && chars + json.length() <= MOST_CHARS) {
            session.saw(request);
            session.call(called, tool, json);
            calls++;
            chars += json.length();
            masked += Masks.in(json).isEmpty() ? 0 : 1;
            inexact += isInexact(arguments) ? 1 : 0;
        } else {
            leftOut++;
        }
    }

    @Override
    public void onSession(AgentSession session) {
        boolean hasCalls = session.shape().callRequests() > 0;
        if (!chosen.containsKey(session.id()) && hasCalls) {
            sessionsLeftOut++;
        }
        waiting.remove(session.id());
    }

    private K6Session session(String id) {
        K6Session session = chosen.get(id);
        if (session == null) {
            session = waiting.computeIfAbsent(id, K6Session::new);
            if (waiting.size() > MOST_WAITING) {
                waiting.remove(waiting.keySet().iterator().next());
            }
        }
        return session;
    }

    /** The first that make a call are. */
    private boolean isChosen(K6Session session) {
        if (!chosen.containsKey(session.id()) && chosen.size() < most) {
            waiting.remove(session.id());
            chosen.put(session.id(), session);
        }
        return chosen.containsKey(session.id());
    }

    /** JavaScript rounds whole numbers beyond 2^53. */
    private static boolean isInexact(JsonNode json) {
        if (json.isIntegralNumber()) {
            return !json.canConvertToLong() || Math.abs(json.longValue()) > MOST_EXACT;
        }
        for (JsonNode member : json) {
            if (isInexact(member)) {
                return true;
            }
        }
        return false;
    }

    private List<String> notes(List<K6Session> sessions) {
        long overlapping = sessions.stream()
                .flatMap(session -> session.steps().stream())
                .filter(K6Session.Step::overlaps)
                .count();
        List<String> notes = new ArrayList<>();
        note(
                notes,
                overlapping,
                "calls were made while another was under way; callTool waits for its answer, so the"
                        + " script makes them one after the other, without a pause");
        note(notes, masked, "calls have arguments that were redacted; they are sent as the hashes they are");
        note(notes, inexact, "calls have whole numbers beyond 2^53 in their arguments, which JavaScript rounds");
        note(notes, nameless, "calls name no tool and are left out");
        note(notes, sessionsLeftOut, "sessions are left out; --sessions takes more");
        note(notes, leftOut, "calls are left out with those sessions, or because a script holds 64 MiB at most");
        return notes;
    }

    private static void note(List<String> notes, long count, String words) {
        if (count > 0) {
            notes.add(count + " " + words);
        }
    }
}
