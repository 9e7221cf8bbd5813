package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.CallKind;
import dev.mcpreel.captures.session.ExchangeKind;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.session.SessionExchange;
import dev.mcpreel.captures.session.SessionListener;
import dev.mcpreel.captures.session.SessionModel;
import dev.mcpreel.captures.session.SessionOptions;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import dev.mcpreel.captures.wire.TaskState;
import dev.mcpreel.captures.wire.Tasks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The first pass of a cut: which exchanges are kept. Remembers their ids, and those of sessions under way, and no events. */
final class CutSelection implements Consumer<CaptureEvent>, SessionListener {
    private final CutOptions options;
    private final boolean readsMessages;
    private final SessionModel model;
    private final CutMessages messages;
    private final CutSpan range;
    private final CutBlanks blanks = new CutBlanks();
    private final Map<String, CutSession> underWay = new HashMap<>();
    /** Streams that are not in the range, or that may hold what is dropped, until their session is over. */
    private final Map<Long, CutSpan> streams = new HashMap<>();

    private final TreeSet<Candidate> candidates =
            new TreeSet<>(Comparator.comparingLong(Candidate::startNanos).thenComparing(Candidate::id));
    private final Set<String> unmet = new TreeSet<>();
    private final ExchangeIds kept = new ExchangeIds();
    private final ExchangeIds ofSessions = new ExchangeIds();
    private final ExchangeIds seen = new ExchangeIds();
    private final ExchangeIds outside = new ExchangeIds();
    private final ExchangeIds whole = new ExchangeIds();
    private long sessions;
    private long sessionsSeen;

    /** A session that may be among the first. */
    private record Candidate(long startNanos, String id, ExchangeIds exchanges) {}

    /** @param start the clocks when the capture began */
    CutSelection(CutOptions options, SessionOptions how, ClockAnchor start) {
        this.options = options;
        CutTime from = options.from();
        CutTime to = options.to();
        range = new CutSpan(
                from == null ? Long.MIN_VALUE : from.of(start), to == null ? Long.MAX_VALUE : to.of(start), null);
        messages = new CutMessages(options.dropTools());
        readsMessages = options.hasRange() || !options.dropTools().isEmpty();
        model = new SessionModel(how, this);
        unmet.addAll(options.sessions());
        unmet.addAll(options.dropSessions());
    }

    @Override
    public void accept(CaptureEvent event) {
        if (readsMessages && event instanceof BodyPart part) {
            messages.accept(part);
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
        if (messages.isDropped(exchangeId)) {
            return false;
        }
        return kept.contains(exchangeId)
                ? isWanted(exchangeId) || messages.isOpening(exchangeId)
                : options.other()
                        && isWanted(exchangeId)
                        && seen.contains(exchangeId)
                        && !ofSessions.contains(exchangeId);
    }

    /** What is kept of a part of an exchange that is kept. */
    BodyPart kept(BodyPart part) {
        return blanks.apply(part);
    }

    private boolean isWanted(long exchangeId) {
        return !outside.contains(exchangeId) || whole.contains(exchangeId);
    }

    /** Whether a moment is in the range. */
    boolean isInside(long nanos) {
        return range.contains(nanos);
    }

    @Override
    public void onExchange(SessionExchange exchange) {
        seen.add(exchange.id());
        CutSpan span = new CutSpan(exchange.startNanos(), exchange.end().atNanos(), null);
        if (!span.overlaps(range)) {
            outside.add(exchange.id());
        }
        if (exchange.kind() == ExchangeKind.STREAM && readsMessages) {
            streams.put(exchange.id(), span);
        }
    }

    @Override
    public void onAssigned(long exchangeId, String sessionId) {
        session(sessionId).exchanges().add(exchangeId);
        ofSessions.add(exchangeId);
    }

    private CutSession session(String id) {
        return underWay.computeIfAbsent(id, unused -> new CutSession());
    }

    @Override
    public void onRequest(RequestTrace request) {
        CutSession session = session(request.sessionId());
        CutSpan span = new CutSpan(
                request.startNanos(), request.doneNanos(), request.request().id());
        boolean overlaps = span.overlaps(range);
        if (overlaps && !asksForCalls()) {
            session.hasWhatIsAsked();
        }
        if (!readsMessages) {
            return;
        }
        boolean dropped = request.isCall() && messages.isDropped(request.exchangeId());
        if (dropped) {
            session.dropped(CutLeg.of(request));
        }
        tasks(session, request, dropped);
        if (options.hasRange() && overlaps) {
            keepWhole(session, span, List.of(request));
        }
    }

    private void tasks(CutSession session, RequestTrace request, boolean dropped) {
        JsonRpcMessage.Response answer = request.answer();
        TaskState created = request.isCall() && answer != null ? Tasks.created(answer) : null;
        if (created != null) {
            session.createdTask(request.exchangeId(), created.taskId());
            if (dropped) {
                session.droppedTask(created.taskId());
                blanks.addTask(created.taskId());
            }
        }
        String task = Tasks.subject(request.request());
        if (task != null) {
            session.ofTask(task, request.exchangeId());
            session.ofTask(task, request.answeredOn());
            if (!options.dropTools().isEmpty()) {
                session.taskLeg(task, CutLeg.of(request));
            }
        }
    }

    @Override
    public void onCall(Call call) {
        CutSpan span = new CutSpan(call.startNanos(), call.doneNanos(), null);
        if (!span.overlaps(range)) {
            return;
        }
        CutSession session = session(call.sessionId());
        if (matches(call)) {
            session.hasWhatIsAsked();
        }
        if (!options.hasRange() || call.kind() == CallKind.PLAIN) {
            return;
        }
        keepWhole(session, span, call.legs());
        call.legs().forEach(leg -> session.keepTaskOf(leg.exchangeId()));
    }

    private void keepWhole(CutSession session, CutSpan span, List<RequestTrace> legs) {
        for (RequestTrace leg : legs) {
            whole.add(leg.exchangeId());
            whole.add(leg.answeredOn());
        }
        if (!span.isWithin(range)) {
            session.crosses(span);
        }
    }

    /** A session is over: all that belongs to its calls is known. */
    private void complete(CutSession session) {
        Map<Long, CutSpan> ofSession = new HashMap<>();
        session.exchanges().forEach(id -> {
            CutSpan stream = streams.remove(id);
            if (stream != null) {
                ofSession.put(id, stream);
            }
        });
        drop(session, ofSession);
        keepWhole(session, ofSession);
        Map<RpcId, List<CutMessages.Said>> asked = messages.takeAsked(session.exchanges());
        for (CutMessages.Said answer : messages.takeAnswered(session.exchanges())) {
            CutMessages.Said ask = answer.lastOf(asked.getOrDefault(answer.id(), List.of()));
            if (ask != null && messages.isDropped(ask.exchangeId())) {
                messages.drop(answer.exchangeId());
            } else if (ask != null && isWanted(ask.exchangeId())) {
                whole.add(answer.exchangeId());
            }
        }
    }

    /** Drops what was asked for tasks of dropped calls, and empties what answered dropped requests elsewhere. */
    private void drop(CutSession session, Map<Long, CutSpan> ofSession) {
        for (CutLeg leg : session.dropped()) {
            messages.drop(leg.exchangeId());
            if (leg.answeredOn() != 0 && leg.answeredOn() != leg.exchangeId()) {
                blanks.add(leg.answeredOn(), leg);
            }
            if (!leg.answered()) {
                ofSession.forEach((id, stream) -> {
                    if (stream.overlaps(leg.span())) {
                        blanks.add(id, leg);
                    }
                });
            }
        }
    }

    /** Keeps what belongs to the calls that are kept: tasks, streams that were open meanwhile, and cancellations. */
    private void keepWhole(CutSession session, Map<Long, CutSpan> ofSession) {
        session.wholeTasks(whole);
        ofSession.forEach((id, stream) -> {
            if (session.crossing().stream().anyMatch(stream::overlaps)) {
                whole.add(id);
            }
        });
        for (CutMessages.Said cancelled : messages.takeCancelled(session.exchanges())) {
            if (session.crossing().stream()
                    .anyMatch(span -> cancelled.id().equals(span.id()) && span.startNanos() <= cancelled.atNanos())) {
                whole.add(cancelled.exchangeId());
            }
        }
    }

    @Override
    public void onSession(AgentSession session) {
        sessionsSeen++;
        unmet.remove(session.id());
        CutSession gathered = underWay.remove(session.id());
        if (gathered == null) {
            return;
        }
        if (readsMessages) {
            complete(gathered);
        }
        if (!matches(session, gathered.isAsked())) {
            return;
        }
        Candidate candidate = new Candidate(session.startNanos(), session.id(), gathered.exchanges());
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
        boolean any = !asksForCalls() && !options.hasRange();
        return (options.sessions().isEmpty() || options.sessions().contains(session.id()))
                && !options.dropSessions().contains(session.id())
                && (options.agents().isEmpty() || isOfAgent(session))
                && (any || asksForIt);
    }

    private boolean isOfAgent(AgentSession session) {
        return options.agents().stream().anyMatch(agent -> agent.matches(session));
    }

    private boolean asksForCalls() {
        return !options.tools().isEmpty() || !options.outcomes().isEmpty();
    }

    private boolean matches(Call call) {
        return (options.tools().isEmpty() || options.tools().stream().anyMatch(tool -> tool.matches(call.tool())))
                && (options.outcomes().isEmpty() || options.outcomes().contains(call.outcome()));
    }
}
