package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agent sessions under way: puts exchanges into them and tells when they are over. */
final class Sessions {
    /** After its DELETE a session waits so long for exchanges that were still on their way. */
    private static final long FAREWELL_NANOS = 5L * 1_000_000_000;

    /** How long an agent session may stay untold for want of a name, and with how many exchanges. */
    private static final long UNTOLD_NANOS = 60L * 1_000_000_000;

    /** Agents of one transport session that all hear of a task's fate. */
    private static final int SHARERS = 64;

    private static final int UNTOLD_EXCHANGES = 16;

    private final SessionOptions options;
    private final SessionListener listener;
    private final Deadlines deadlines;
    private final Directory directory = new Directory();
    private final Agents agents;
    private final Settling settling;
    private final Set<Draft> drafts = new LinkedHashSet<>();
    private final Map<Long, Draft> streams = new HashMap<>();
    private final Map<Long, Draft> inFlight = new HashMap<>();
    private final Unplaced unplaced = new Unplaced();
    private int lastNumber;

    Sessions(SessionOptions options, SessionListener listener, Deadlines deadlines) {
        this.options = options;
        this.listener = listener;
        this.deadlines = deadlines;
        this.agents = new Agents(options.agentKey());
        this.settling = new Settling(deadlines);
    }

    /** An exchange has begun. */
    void begun(OpenExchange exchange) {
        if (exchange.isStream()) {
            streamOf(exchange);
        } else {
            inFlight(exchange);
        }
    }

    /** A request is complete. Where its session is certain already, it counts as in flight from now on. */
    void inFlight(OpenExchange exchange) {
        if (!exchange.isPost()) {
            return;
        }
        Directory.Found found = Directory.isOpening(exchange) ? null : directory.find(exchange);
        SessionKey name = agents.nameOf(exchange, found == null ? null : found.transport());
        Draft draft = name == null ? null : agents.byName(name);
        draft = draft == null && found != null ? found.transport().current() : draft;
        Draft before = draft == null ? null : inFlight.put(exchange.id(), draft);
        if (before != null && before != draft) {
            before.inFlight().remove(exchange.id());
        }
        if (found != null) {
            found.transport().noteCancellations(exchange);
        }
        Object key = found == null ? exchange.sessionHeader() : found.transport();
        if (draft != null) {
            if (exchange.isSubscription()) {
                // It lasts as long as the client likes, and nothing waits for it.
                draft.inFlight().remove(exchange.id());
            } else {
                draft.inFlight().put(exchange.id(), exchange.startNanos());
            }
            unplaced.remove(exchange.id());
        } else if (key != null) {
            unplaced.add(key, exchange);
        }
    }

    /** A session was met in the middle, or an agent came back to it: what is in flight in it is known to be so now. */
    private void place(Transport transport) {
        unplaced.take(transport).forEach(this::inFlight);
        if (transport.sessionId() != null) {
            unplaced.take(transport.sessionId()).forEach(this::inFlight);
        }
    }

    /** The server sent messages on a standalone stream, or named its endpoint. */
    void streamed(OpenExchange exchange, List<TimedMessage> messages) {
        Draft draft = streamOf(exchange);
        Transport transport = transportOf(exchange);
        if (transport == null || messages.isEmpty()) {
            return;
        }
        String eventId = exchange.lastEventId();
        if (eventId != null && !transport.unmatched().isNewEvent(eventId) && exchange.isResumption()) {
            return;
        }
        for (TimedMessage timed : messages) {
            transport.streamed(timed, exchange);
            taskTold(transport, draft, timed);
            if (draft != null) {
                draft.seen(timed.atNanos());
                serverMessage(draft, exchange, timed);
            }
        }
        List.copyOf(transport.drafts()).forEach(user -> settling.settle(user, false));
    }

    private @Nullable Transport transportOf(OpenExchange exchange) {
        if (exchange.endpoint() != null) {
            return directory.endpointNamed(exchange, exchange.endpoint());
        }
        Directory.Found found = directory.find(exchange);
        return found == null ? null : found.transport();
    }

    /** The server said something on the response to a POST that goes on. */
    void answering(OpenExchange exchange, List<TimedMessage> messages) {
        String eventId = exchange.lastEventId();
        boolean tasks = messages.stream().anyMatch(Sessions::isOfTask);
        Transport transport = eventId == null && !tasks ? null : transportOf(exchange);
        if (transport != null && eventId != null) {
            transport.unmatched().isNewEvent(eventId);
        }
        messages.forEach(timed -> taskTold(transport, inFlight.get(exchange.id()), timed));
    }

    private static boolean isOfTask(TimedMessage timed) {
        return timed.message() instanceof JsonRpcMessage.Notification told
                && told.method().startsWith("notifications/tasks");
    }

    /** Nothing but its id says whose task it is, so all who share the transport session hear of it, unless they are very many. */
    private static void taskTold(@Nullable Transport transport, @Nullable Draft draft, TimedMessage timed) {
        if (!isOfTask(timed) || !(timed.message() instanceof JsonRpcMessage.Notification told)) {
            return;
        }
        Set<Draft> hearers = new LinkedHashSet<>(1);
        if (transport != null && transport.drafts().size() <= SHARERS) {
            hearers.addAll(transport.drafts());
        }
        if (draft != null) {
            hearers.add(draft);
        }
        hearers.forEach(each -> each.journal().taskTold(told, timed.atNanos()));
    }

    private static void serverMessage(Draft draft, OpenExchange exchange, TimedMessage timed) {
        if (timed.message() instanceof JsonRpcMessage.Request request) {
            draft.journal().asked(new ServerRequest(exchange.id(), request, timed.atNanos(), 0));
        }
    }

    private static void answered(Draft draft, OpenExchange exchange, JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Response answer && answer.id() != null) {
            draft.journal().answered(answer.id(), exchange.startNanos());
        }
    }

    /** An exchange is over. */
    void ended(OpenExchange exchange, SessionExchange closed) {
        unplaced.remove(exchange.id());
        switch (closed.kind()) {
            case MESSAGES -> messages(exchange, closed);
            case STREAM -> streamEnded(exchange, closed);
            case DELETE -> deleted(exchange, closed);
            case OTHER -> {
                // Nothing of MCP, so nothing of a session.
            }
        }
        Draft draft = inFlight.remove(exchange.id());
        if (draft != null) {
            draft.inFlight().remove(exchange.id());
            draft.order(deadlines.nowNanos());
        }
    }

    /** Nothing more will come; every exchange has been told to have ended. */
    void finish() {
        List.copyOf(drafts).forEach(this::seal);
    }

    private void messages(OpenExchange exchange, SessionExchange closed) {
        Directory.Found place = directory.assign(exchange);
        Transport transport = place.transport();
        transport.note(exchange);
        boolean work = isWork(exchange);
        Draft found = draftFor(exchange, transport, work);
        if (found == null) {
            directory.idle(transport);
            return;
        }
        Draft draft = Agents.isDefinite(exchange) ? goneOn(found) : found;
        if (place.link() == null && Directory.isOpening(exchange)) {
            draft.links().removeIf(link -> link == KeyKind.CONNECTION || link == KeyKind.CLIENT);
        }
        if (place.link() != null) {
            draft.links().add(place.link());
        }
        draft.add(closed, work);
        draft.assigned(exchange.id(), listener);
        exchange.serverRequests().forEach(timed -> serverMessage(draft, exchange, timed));
        exchange.sent().forEach(message -> answered(draft, exchange, message));
        List<PendingRequest> asked = PendingRequest.of(transport, exchange, closed);
        draft.held().addAll(asked);
        tellWhenDefinite(exchange, draft);
        settling.settle(draft, false);
        agents.mayBeLost(exchange, transport, draft);
        settling.limit(draft, asked);
    }

    /** Whether the agent did something; answers to the server alone, to its pings for one, keep no session alive. */
    private static boolean isWork(OpenExchange exchange) {
        return !exchange.isBodyReadable()
                || exchange.sent().stream().anyMatch(message -> !(message instanceof JsonRpcMessage.Response));
    }

    private @Nullable Draft draftFor(OpenExchange exchange, Transport transport, boolean work) {
        SessionKey name = agents.nameOf(exchange, transport);
        Draft current = uncut(transport.current(), exchange, work);
        if (name == null) {
            if (current != null || !(work || unplaced.has(transport))) {
                if (current != null) {
                    // The beginning of a session may stand in the log after what followed it.
                    agents.mayBeChained(exchange, transport, current);
                }
                return current;
            }
            Draft chained = uncut(agents.chained(exchange, transport), exchange, true);
            if (chained != null) {
                chained.links().add(KeyKind.CHAIN);
            }
            Draft draft = chained == null ? created(exchange, transport) : used(chained, transport);
            agents.mayBeChained(exchange, transport, draft);
            return draft;
        }
        Draft draft = uncut(agents.byName(name), exchange, work);
        Draft unnamed = current != null && agents.mayBe(current, name) ? current : null;
        if (draft == null) {
            draft = unnamed == null ? created(exchange, transport) : unnamed;
            agents.name(draft, name);
        } else if (unnamed != null && !unnamed.isTold()) {
            takeOver(draft, unnamed);
        }
        return used(draft, transport);
    }

    private @Nullable Draft uncut(@Nullable Draft draft, OpenExchange exchange, boolean work) {
        if (draft != null && work && isCut(draft, exchange.id(), exchange.startNanos())) {
            seal(draft);
            return null;
        }
        return draft;
    }

    private Draft created(OpenExchange exchange, Transport transport) {
        Draft draft = new Draft(options, listener);
        drafts.add(draft);
        long start = exchange.startNanos();
        draft.began(start);
        later(start + options.sessionGapNanos(), draft, this::sealWhenIdle);
        later(deadlines.nowNanos() + UNTOLD_NANOS, draft, this::tell);
        used(draft, transport);
        place(transport);
        return draft;
    }

    private Draft used(Draft draft, Transport transport) {
        Transport forgotten = draft.uses(transport);
        if (forgotten != null && forgotten.drafts().isEmpty()) {
            directory.idle(forgotten);
        }
        directory.busy(transport);
        return draft;
    }

    private void takeOver(Draft draft, Draft other) {
        drafts.remove(other);
        agents.over(other);
        other.openStreams().forEach(id -> streams.put(id, draft));
        other.inFlight().keySet().forEach(id -> inFlight.put(id, draft));
        other.callOff(deadlines);
        List<PendingRequest> held = List.copyOf(other.held());
        List<Transport> transports = List.copyOf(other.transports());
        draft.takeOver(other, listener);
        for (Transport transport : transports) {
            transport.passed(other);
            used(draft, transport);
        }
        settling.limit(draft, held);
    }

    /** The session itself, or the one it turns out to go on with. */
    private Draft goneOn(Draft draft) {
        Draft before = agents.chainedLate(draft);
        if (before == null) {
            return draft;
        }
        agents.goneOn(before, draft);
        takeOver(before, draft);
        before.links().add(KeyKind.CHAIN);
        return before;
    }

    private void tellWhenDefinite(OpenExchange exchange, Draft draft) {
        if (draft.claim() != null || Agents.isDefinite(exchange) || draft.untoldSize() >= UNTOLD_EXCHANGES) {
            tell(draft);
        }
    }

    private void tell(Draft draft) {
        if (!draft.isTold() && drafts.contains(draft)) {
            draft.tell(++lastNumber, listener);
            settling.settle(draft, false);
        }
    }

    /** A session that is over by then has called it off. */
    private void later(long atNanos, Draft draft, Consumer<Draft> action) {
        draft.limit(deadlines.at(atNanos, () -> action.accept(draft)), deadlines.nowNanos());
    }

    private boolean isCut(Draft draft, long exchangeId, long startNanos) {
        boolean alone = draft.inFlight().isEmpty()
                || (draft.inFlight().size() == 1 && draft.inFlight().containsKey(exchangeId));
        return startNanos - draft.activeUntilNanos() > options.sessionGapNanos()
                && alone
                && draft.held().stream().noneMatch(PendingRequest::waitsForStream);
    }

    private void sealWhenIdle(Draft draft) {
        if (draft.isSealed()) {
            return;
        }
        if (isCut(draft, 0, deadlines.nowNanos())) {
            seal(draft);
            return;
        }
        long idle = deadlines.nowNanos() - draft.activeUntilNanos();
        long from = idle < options.sessionGapNanos() ? draft.activeUntilNanos() : deadlines.nowNanos();
        later(from + options.sessionGapNanos(), draft, this::sealWhenIdle);
    }

    private @Nullable Draft streamOf(OpenExchange exchange) {
        Draft known = streams.get(exchange.id());
        if (known != null || (exchange.sessionHeader() == null && exchange.status() == 0)) {
            return known;
        }
        Transport transport = transportOf(exchange);
        Draft draft = transport == null ? null : userOf(exchange, transport);
        if (draft == null && transport != null && exchange.endpoint() != null) {
            draft = draftFor(exchange, transport, true);
        }
        if (draft != null && transport != null) {
            streams.put(exchange.id(), draft);
            draft.openStreams().add(exchange.id());
            transport.streamOpened(exchange.isResumption());
            draft.assigned(exchange.id(), listener);
        }
        return draft;
    }

    /** The agent the exchange names, else the one that used its transport session last. */
    private @Nullable Draft userOf(OpenExchange exchange, Transport transport) {
        SessionKey name = agents.nameOf(exchange, transport);
        Draft named = name == null ? null : agents.byName(name);
        return named == null ? transport.current() : named;
    }

    private void streamEnded(OpenExchange exchange, SessionExchange closed) {
        Draft draft = streamOf(exchange);
        if (draft == null) {
            return;
        }
        streams.remove(exchange.id());
        draft.openStreams().remove(exchange.id());
        draft.keep(closed);
        Transport transport = transportOf(exchange);
        if (transport != null) {
            transport.streamClosed(closed.end(), exchange.isResumption());
            if (transport.endpoint() != null && !transport.hasOpenStream()) {
                List.copyOf(transport.drafts()).forEach(user -> settling.giveUp(user, transport));
                later(closed.end().atNanos() + FAREWELL_NANOS, draft, this::sealWhenQuiet);
            }
        }
        if (draft.isSealed() && !draft.hasOpenStream()) {
            emit(draft);
        }
    }

    private void deleted(OpenExchange exchange, SessionExchange closed) {
        Transport transport = transportOf(exchange);
        Draft draft = transport == null ? null : userOf(exchange, transport);
        if (transport == null || draft == null) {
            return;
        }
        draft.add(closed, false);
        draft.assigned(exchange.id(), listener);
        transport.seen(closed.end().atNanos());
        if (closed.status() >= 200 && closed.status() < 300) {
            transport.ended(TransportEnding.DELETED);
            boolean mayGoOn =
                    draft.claim() != null || (options.agentKey().kind() == AgentKey.Kind.AUTO && Agents.isChain(draft));
            if (!mayGoOn) {
                later(closed.end().atNanos() + FAREWELL_NANOS, draft, this::sealWhenQuiet);
            } else if (draft.claim() == null) {
                later(closed.end().atNanos() + Agents.CHAIN_NANOS, draft, this::sealWhenUnchained);
            }
        }
    }

    private void sealWhenUnchained(Draft draft) {
        boolean over = draft.transports().stream().allMatch(each -> each.ending() == TransportEnding.DELETED);
        if (over && deadlines.nowNanos() - draft.activeUntilNanos() >= Agents.CHAIN_NANOS) {
            sealWhenQuiet(draft);
        }
    }

    /** One without a name is over with its last transport session; a named one may begin another. */
    private void sealWhenQuiet(Draft draft) {
        boolean over = draft.claim() == null
                && draft.transports().stream().allMatch(each -> each.ending() != TransportEnding.NONE);
        if (draft.isSealed() || !over) {
            return;
        }
        long quiet = deadlines.nowNanos() - draft.activeUntilNanos();
        if (draft.inFlight().isEmpty() && quiet >= FAREWELL_NANOS) {
            seal(draft);
        } else {
            later(deadlines.nowNanos() + FAREWELL_NANOS, draft, this::sealWhenQuiet);
        }
    }

    private void seal(Draft draft) {
        tell(draft);
        settling.settle(draft, true);
        draft.seal();
        draft.callOff(deadlines);
        agents.over(draft);
        for (Transport transport : draft.transports()) {
            if (transport.leftBy(draft)) {
                directory.idle(transport);
            }
        }
        if (!draft.hasOpenStream()) {
            emit(draft);
        }
    }

    private void emit(Draft draft) {
        drafts.remove(draft);
        listener.onSession(draft.finish());
    }
}
