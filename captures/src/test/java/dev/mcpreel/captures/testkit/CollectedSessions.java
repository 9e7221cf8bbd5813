package dev.mcpreel.captures.testkit;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything a session model tells, in the order it is told. */
public final class CollectedSessions implements SessionListener {
    private final List<SessionExchange> exchanges = new ArrayList<>();
    private final List<RequestTrace> requests = new ArrayList<>();
    private final List<AgentSession> sessions = new ArrayList<>();

    /** Reads a whole script with exchanges kept. */
    public static CollectedSessions of(CaptureScript script) {
        return of(script, SessionOptions.defaults().keepingExchanges());
    }

    /** Reads a whole script. */
    public static CollectedSessions of(CaptureScript script, SessionOptions options) {
        CollectedSessions collected = new CollectedSessions();
        SessionModel model = new SessionModel(options, collected);
        script.feed(model);
        model.finish();
        return collected;
    }

    @Override
    public void onExchange(SessionExchange exchange) {
        exchanges.add(exchange);
    }

    @Override
    public void onRequest(RequestTrace request) {
        requests.add(request);
    }

    @Override
    public void onSession(AgentSession session) {
        sessions.add(session);
    }

    public List<SessionExchange> exchanges() {
        return exchanges;
    }

    /** The requests told of, in order of start: what failed is told of a little later than what went well. */
    public List<RequestTrace> requests() {
        return requests.stream()
                .sorted(Comparator.comparingLong(RequestTrace::startNanos))
                .toList();
    }

    /** The tools/call requests told of. */
    public List<RequestTrace> calls() {
        return requests().stream().filter(RequestTrace::isCall).toList();
    }

    public List<AgentSession> sessions() {
        return sessions;
    }

    /** The only call told of. */
    public RequestTrace call() {
        return only(calls(), "call");
    }

    /** The only session told of. */
    public AgentSession session() {
        return only(sessions, "session");
    }

    private static <T> T only(List<T> list, String what) {
        if (list.size() != 1) {
            throw new AssertionError("expected one " + what + ", got " + list);
        }
        return list.get(0);
    }
}
