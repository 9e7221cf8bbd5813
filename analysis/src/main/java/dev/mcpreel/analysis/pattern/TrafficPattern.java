package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionShape;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers how agents use a server from what the session model finds. Memory depends on the sessions that are open; beside
 * that there is a byte for each transport session and a bounded rest. Not thread-safe.
 */
public final class TrafficPattern implements SessionListener {
    private static final int NAMES = 1_000;

    private final Rhythm rhythm = new Rhythm();
    private final Timeline timeline = new Timeline();
    private final ToolOrder order = new ToolOrder();
    private final Listing listing = new Listing();
    private final TransportTally transports = new TransportTally();
    private final Map<KeyKind, Long> keys = new EnumMap<>(KeyKind.class);
    private final Map<String, Long> clients = new TreeMap<>();
    private final Map<String, Long> revisions = new TreeMap<>();
    private long sessions;
    private long requests;
    private long calls;
    private long errors;
    private long exchanges;
    private long otherExchanges;
    private long serverRequests;
    private long askedSessions;

    /** Nothing yet. */
    public TrafficPattern() {}

    @Override
    public void onExchange(SessionExchange exchange) {
        if (exchange.kind() == ExchangeKind.OTHER) {
            otherExchanges++;
        } else {
            exchanges++;
        }
    }

    @Override
    public void onRequest(RequestTrace request) {
        requests++;
        listing.answered(request);
    }

    @Override
    public void onOrdered(RequestTrace request) {
        order.next(request);
    }

    @Override
    public void onCall(Call call) {
        calls++;
        timeline.add(call.startNanos());
        rhythm.call(call);
    }

    @Override
    public void onSession(AgentSession session) {
        SessionShape shape = session.shape();
        sessions++;
        errors += shape.errors();
        serverRequests += shape.serverRequests();
        askedSessions += shape.serverRequests() > 0 ? 1 : 0;
        keys.merge(session.key().kind(), 1L, Long::sum);
        count(clients, session.client());
        count(revisions, session.revision());
        session.transports().forEach(transports::add);
        order.over(session.id());
        listing.over(session);
        rhythm.session(shape);
    }

    private static void count(Map<String, Long> counts, String name) {
        counts.merge(counts.size() < NAMES || counts.containsKey(name) ? name : "(others)", 1L, Long::sum);
    }

    /** Agent sessions. */
    public long sessions() {
        return sessions;
    }

    public long requests() {
        return requests;
    }

    public long calls() {
        return calls;
    }

    /** Requests that failed, negotiation left out. */
    public long errors() {
        return errors;
    }

    /** HTTP exchanges that carry MCP. */
    public long exchanges() {
        return exchanges;
    }

    /** HTTP exchanges that do not. */
    public long otherExchanges() {
        return otherExchanges;
    }

    /** HTTP exchanges that carry MCP for each call; 0 without calls. */
    public double exchangesPerCall() {
        return calls == 0 ? 0 : (double) exchanges / calls;
    }

    /** Requests of servers to agents, pings left out. */
    public long serverRequests() {
        return serverRequests;
    }

    /** Sessions with such a request. */
    public long askedSessions() {
        return askedSessions;
    }

    /** Sessions by what held them together. */
    public Map<KeyKind, Long> keys() {
        return Collections.unmodifiableMap(keys);
    }

    /** Sessions by client; those of an unknown one under the empty name. */
    public Map<String, Long> clients() {
        return Collections.unmodifiableMap(clients);
    }

    /** Sessions by protocol revision; those of an unknown one under the empty name. */
    public Map<String, Long> revisions() {
        return Collections.unmodifiableMap(revisions);
    }

    public TransportTally transports() {
        return transports;
    }

    public Timeline timeline() {
        return timeline;
    }

    public Rhythm rhythm() {
        return rhythm;
    }

    public ToolOrder order() {
        return order;
    }

    public Listing listing() {
        return listing;
    }
}
