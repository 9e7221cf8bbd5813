package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.session.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the session model makes of a capture, in the words of the truth. */
public final class Found implements SessionListener {
    private final List<TrueRequest> requests = new ArrayList<>();
    private final List<TrueCall> calls = new ArrayList<>();
    private final List<Long> exchanges = new ArrayList<>();
    private final List<String> ordered = new ArrayList<>();
    private final List<AgentSession> sessions = new ArrayList<>();
    private final Map<Long, String> assigned = new HashMap<>();

    public static Found in(List<CaptureEvent> events, SessionOptions options) {
        Found found = new Found();
        SessionModel model = new SessionModel(options, found);
        events.forEach(model);
        model.finish();
        return found;
    }

    @Override
    public void onExchange(SessionExchange exchange) {
        exchanges.add(exchange.id());
    }

    @Override
    public void onAssigned(long exchangeId, String sessionId) {
        String before = assigned.put(exchangeId, sessionId);
        if (before != null) {
            throw new AssertionError("exchange " + exchangeId + " is of " + before + " and of " + sessionId);
        }
    }

    @Override
    public void onRequest(RequestTrace request) {
        requests.add(new TrueRequest(
                key(request),
                request.sessionId(),
                request.method(),
                request.startNanos(),
                request.doneNanos(),
                request.progressNanos().size(),
                request.outcome(),
                request.code()));
    }

    @Override
    public void onOrdered(RequestTrace request) {
        ordered.add(key(request));
    }

    @Override
    public void onCall(Call call) {
        calls.add(new TrueCall(
                call.sessionId(),
                call.tool(),
                call.legs().stream().map(Found::key).toList(),
                call.startNanos(),
                call.doneNanos(),
                call.answeringNanos(),
                call.outcome(),
                call.code()));
    }

    @Override
    public void onSession(AgentSession session) {
        sessions.add(session);
    }

    /** What names a request in the truth. */
    public static String key(RequestTrace request) {
        String id =
                request.request().id() == null ? "null" : request.request().id().text();
        return TrueRequest.key(request.exchangeId(), id);
    }

    /** The values of a spread with few enough to be exact, sorted. */
    public static List<Long> values(Spread spread) {
        List<Long> values = new ArrayList<>();
        spread.counts().forEach((value, times) -> {
            for (int i = 0; i < times; i++) {
                values.add(value);
            }
        });
        return values;
    }

    public List<TrueRequest> requests() {
        return requests;
    }

    public List<TrueCall> calls() {
        return calls;
    }

    public List<Long> exchanges() {
        return exchanges;
    }

    /** The keys of the requests as they were told in order. */
    public List<String> ordered() {
        return ordered;
    }

    public List<AgentSession> sessions() {
        return sessions;
    }

    /** The session of each exchange that has one. */
    public Map<Long, String> assigned() {
        return assigned;
    }
}
