package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.tap.Glob;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first pass of a cut: which exchanges are kept. Remembers their ids, and those of sessions under way, and no events. */
final class CutSelection implements Consumer<CaptureEvent>, SessionListener {
    /** What a session begins with. A range keeps it, because without it the rest cannot be replayed. */
    private static final Set<String> OPENING =
            Set.of("initialize", "notifications/initialized", "server/discover", "tools/list");

    private final CutOptions options;
    private final long fromNanos;
    private final long toNanos;
    private final boolean readsMessages;
    private final SessionModel model;
    private final Map<String, ExchangeIds> underWay = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final TreeSet<Candidate> candidates =
            new TreeSet<>(Comparator.comparingLong(Candidate::startNanos).thenComparing(Candidate::id));
    private final Set<String> unmet = new TreeSet<>();
    private final ExchangeIds kept = new ExchangeIds();
    private final ExchangeIds ofSessions = new ExchangeIds();
    private final ExchangeIds seen = new ExchangeIds();
    private final ExchangeIds opening = new ExchangeIds();
    private final ExchangeIds outside = new ExchangeIds();
    private final ExchangeIds droppedCalls = new ExchangeIds();
    private long sessions;
    private long sessionsSeen;

    /** A session that may be among the first. */
    private record Candidate(long startNanos, String id, ExchangeIds exchanges) {}

    /** @param start the clocks when the capture began */
    CutSelection(CutOptions options, SessionOptions how, ClockAnchor start) {
        this.options = options;
        CutTime from = options.from();
        CutTime to = options.to();
        fromNanos = from == null ? Long.MIN_VALUE : from.of(start);
        toNanos = to == null ? Long.MAX_VALUE : to.of(start);
        readsMessages = options.hasRange() || !options.dropTools().isEmpty();
        model = new SessionModel(how, this);
        unmet.addAll(options.sessions());
        unmet.addAll(options.dropSessions());
    }

    @Override
    public void accept(CaptureEvent event) {
        if (readsMessages
                && event instanceof BodyPart part
                && part.direction() == Direction.REQUEST
                && part.isWhole()) {
            read(part);
        }
        model.accept(event);
    }

    /** The capture has no more. */
    void finish() {
        model.finish();
        candidates.forEach(this::keep);
        candidates.clear();
    }

    /** Ids of sessions that were named and are not there. */
    Set<String> unmet() {
        return unmet;
    }

    /** Agent sessions of which something is kept. */
    long sessions() {
        return sessions;
    }

    long sessionsSeen() {
        return sessionsSeen;
    }

    boolean isEmpty() {
        return sessions == 0 && (!options.other() || seen.size() == ofSessions.size());
    }

    boolean keeps(long exchangeId) {
        if (droppedCalls.contains(exchangeId)) {
            return false;
        }
        boolean inside = !outside.contains(exchangeId);
        return kept.contains(exchangeId)
                ? inside || opening.contains(exchangeId)
                : options.other() && inside && seen.contains(exchangeId) && !ofSessions.contains(exchangeId);
    }

    /** Whether a moment is in the range. */
    boolean isInside(long nanos) {
        return nanos >= fromNanos && nanos <= toNanos;
    }

    /** A batch is a call that is dropped only when all of it is. */
    private void read(BodyPart part) {
        List<JsonRpcMessage> messages = JsonRpcReader.read(part.content());
        if (!messages.isEmpty() && messages.stream().allMatch(this::isDropped)) {
            droppedCalls.add(part.exchangeId());
        }
        if (options.hasRange() && messages.stream().anyMatch(CutSelection::isOpening)) {
            opening.add(part.exchangeId());
        }
    }

    private boolean isDropped(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Request request
                && request.method().equals("tools/call")
                && matches(options.dropTools(), request.tool());
    }

    private static boolean isOpening(JsonRpcMessage message) {
        return (message instanceof JsonRpcMessage.Request request && OPENING.contains(request.method()))
                || (message instanceof JsonRpcMessage.Notification told && OPENING.contains(told.method()));
    }

    @Override
    public void onExchange(SessionExchange exchange) {
        seen.add(exchange.id());
        if (exchange.startNanos() > toNanos || exchange.end().atNanos() < fromNanos) {
            outside.add(exchange.id());
        }
    }

    @Override
    public void onAssigned(long exchangeId, String sessionId) {
        underWay.computeIfAbsent(sessionId, id -> new ExchangeIds()).add(exchangeId);
        ofSessions.add(exchangeId);
    }

    @Override
    public void onRequest(RequestTrace request) {
        if (matches(request)) {
            asked.add(request.sessionId());
        }
    }

    @Override
    public void onSession(AgentSession session) {
        sessionsSeen++;
        unmet.remove(session.id());
        ExchangeIds exchanges = underWay.remove(session.id());
        boolean asksForIt = asked.remove(session.id());
        if (exchanges == null || !matches(session, asksForIt)) {
            return;
        }
        Candidate candidate = new Candidate(session.startNanos(), session.id(), exchanges);
        if (options.first() == 0) {
            keep(candidate);
            return;
        }
        candidates.add(candidate);
        if (candidates.size() > options.first()) {
            candidates.pollLast();
        }
    }

    private void keep(Candidate session) {
        sessions++;
        kept.addAll(session.exchanges());
    }

    private boolean matches(AgentSession session, boolean asksForIt) {
        boolean any = options.tools().isEmpty() && options.outcomes().isEmpty() && !options.hasRange();
        return (options.sessions().isEmpty() || options.sessions().contains(session.id()))
                && !options.dropSessions().contains(session.id())
                && (options.agents().isEmpty() || isOfAgent(session))
                && (any || asksForIt);
    }

    private boolean isOfAgent(AgentSession session) {
        String client = session.client();
        int blank = client.lastIndexOf(' ');
        return matches(options.agents(), client)
                || matches(options.agents(), blank < 0 ? client : client.substring(0, blank))
                || matches(options.agents(), session.key().value());
    }

    private boolean matches(RequestTrace request) {
        return (options.tools().isEmpty() || matches(options.tools(), request.tool()))
                && (options.outcomes().isEmpty() || options.outcomes().contains(request.outcome()))
                && request.startNanos() <= toNanos
                && request.doneNanos() >= fromNanos;
    }

    private static boolean matches(List<Glob> globs, @Nullable String text) {
        return text != null && globs.stream().anyMatch(glob -> glob.matches(text));
    }
}
