package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The agent sessions under way: puts exchanges into them, settles their requests, and tells when they are over. */
final class Sessions {
    /** After its DELETE a session waits so long for exchanges that were still on their way. */
    private static final long FAREWELL_NANOS = 5L * 1_000_000_000;

    private final SessionOptions options;
    private final SessionListener listener;
    private final Deadlines deadlines;
    private final Directory directory = new Directory();
    private final Map<Integer, Draft> drafts = new TreeMap<>();
    private final Map<Long, Draft> streams = new HashMap<>();
    private final Map<Long, Transport> posts = new HashMap<>();
    private int lastNumber;

    Sessions(SessionOptions options, SessionListener listener, Deadlines deadlines) {
        this.options = options;
        this.listener = listener;
        this.deadlines = deadlines;
    }

    /** An exchange has begun. Where its session is certain already, it counts as in flight from now on. */
    void begun(OpenExchange exchange) {
        String id = exchange.sessionHeader();
        Transport transport = id == null ? null : directory.byId(id);
        if (exchange.isStream()) {
            streamOf(exchange);
        } else if (transport != null && exchange.isPost()) {
            transport.postsInFlight().add(exchange.id());
            posts.put(exchange.id(), transport);
        }
    }

    /** The server sent messages on a standalone stream. */
    void streamed(OpenExchange exchange, List<TimedMessage> messages) {
        Draft draft = streamOf(exchange);
        if (draft == null || messages.isEmpty()) {
            return;
        }
        for (TimedMessage timed : messages) {
            draft.seen(timed.atNanos());
            if (exchange.isResumption()
                    && timed.message() instanceof JsonRpcMessage.Response answer
                    && answer.id() != null) {
                draft.transport().addResumed(answer.id(), timed);
            }
        }
        settle(draft, false);
    }

    /** An exchange is over. */
    void ended(OpenExchange exchange, SessionExchange closed) {
        Transport inFlight = posts.remove(exchange.id());
        if (inFlight != null) {
            inFlight.postsInFlight().remove(exchange.id());
        }
        switch (closed.kind()) {
            case MESSAGES -> messages(exchange, closed);
            case STREAM -> streamEnded(exchange, closed);
            case DELETE -> deleted(exchange, closed);
            case OTHER -> {
                // Nothing of MCP, so nothing of a session.
            }
        }
    }

    /** Nothing more will come; every exchange has been told to have ended. */
    void finish() {
        List.copyOf(drafts.values()).forEach(this::seal);
    }

    private void messages(OpenExchange exchange, SessionExchange closed) {
        Directory.Found found = directory.assign(exchange);
        Transport transport = found.transport();
        boolean work = isWork(exchange);
        Draft draft = draftFor(transport, exchange.startNanos(), work);
        if (draft == null) {
            directory.idle(transport);
            return;
        }
        if (found.link() != null) {
            draft.links().add(found.link());
        }
        transport.note(exchange);
        draft.add(closed, work);
        listener.onAssigned(closed.id(), draft.id());
        List<PendingRequest> asked = PendingRequest.of(exchange, closed);
        draft.held().addAll(asked);
        settle(draft, false);
        asked.stream().filter(draft.held()::contains).forEach(pending -> holdOn(draft, pending));
    }

    /** Whether the agent did something; answers to the server alone, to its pings for one, keep no session alive. */
    private static boolean isWork(OpenExchange exchange) {
        return !exchange.isBodyReadable()
                || exchange.sent().stream().anyMatch(message -> !(message instanceof JsonRpcMessage.Response));
    }

    private @Nullable Draft draftFor(Transport transport, long startNanos, boolean work) {
        Draft current = transport.current();
        if (current != null && work && isCut(current, startNanos)) {
            seal(current);
            current = null;
        }
        if (current != null || !work) {
            return current;
        }
        Draft draft = new Draft(++lastNumber, transport, options.keepExchanges());
        drafts.put(draft.number(), draft);
        transport.setCurrent(draft);
        directory.busy(transport);
        deadlines.at(startNanos + options.sessionGapNanos(), () -> sealWhenIdle(draft));
        return draft;
    }

    private boolean isCut(Draft draft, long startNanos) {
        return startNanos - draft.activeUntilNanos() > options.sessionGapNanos()
                && draft.transport().postsInFlight().isEmpty();
    }

    private void sealWhenIdle(Draft draft) {
        if (draft.isSealed()) {
            return;
        }
        if (isCut(draft, deadlines.nowNanos())) {
            seal(draft);
            return;
        }
        boolean inFlight = !draft.transport().postsInFlight().isEmpty();
        long from = inFlight ? deadlines.nowNanos() : draft.activeUntilNanos();
        deadlines.at(from + options.sessionGapNanos(), () -> sealWhenIdle(draft));
    }

    private @Nullable Draft streamOf(OpenExchange exchange) {
        Draft known = streams.get(exchange.id());
        if (known != null || (exchange.sessionHeader() == null && exchange.status() == 0)) {
            return known;
        }
        Directory.Found found = directory.find(exchange);
        Draft draft = found == null ? null : found.transport().current();
        if (draft != null) {
            streams.put(exchange.id(), draft);
            listener.onAssigned(exchange.id(), draft.id());
            draft.streamOpened(true);
            if (exchange.isResumption()) {
                draft.transport().resumptionOpened(true);
            }
        }
        return draft;
    }

    private void streamEnded(OpenExchange exchange, SessionExchange closed) {
        Draft draft = streamOf(exchange);
        if (draft == null) {
            return;
        }
        streams.remove(exchange.id());
        draft.streamOpened(false);
        if (exchange.isResumption()) {
            draft.transport().resumptionOpened(false);
        }
        draft.keep(closed);
        if (draft.isSealed() && !draft.hasOpenStream()) {
            emit(draft);
        }
    }

    private void deleted(OpenExchange exchange, SessionExchange closed) {
        Directory.Found found = directory.find(exchange);
        Draft draft = found == null ? null : found.transport().current();
        if (draft == null) {
            return;
        }
        draft.add(closed, false);
        listener.onAssigned(closed.id(), draft.id());
        if (closed.status() >= 200 && closed.status() < 300) {
            deadlines.at(closed.end().atNanos() + FAREWELL_NANOS, () -> sealWhenQuiet(draft));
        }
    }

    private void sealWhenQuiet(Draft draft) {
        if (draft.isSealed()) {
            return;
        }
        if (draft.transport().postsInFlight().isEmpty()) {
            seal(draft);
        } else {
            deadlines.at(deadlines.nowNanos() + FAREWELL_NANOS, () -> sealWhenQuiet(draft));
        }
    }

    private void seal(Draft draft) {
        settle(draft, true);
        draft.seal();
        Transport transport = draft.transport();
        if (transport.current() == draft) {
            transport.setCurrent(null);
            directory.idle(transport);
        }
        if (!draft.hasOpenStream()) {
            emit(draft);
        }
    }

    private void emit(Draft draft) {
        drafts.remove(draft.number());
        listener.onSession(draft.finish());
    }

    private void settle(Draft draft, boolean last) {
        for (Iterator<PendingRequest> i = draft.held().iterator(); i.hasNext(); ) {
            RequestTrace trace = i.next().settle(draft, last);
            if (trace != null) {
                i.remove();
                draft.add(trace);
                listener.onRequest(trace);
            }
        }
    }

    private void holdOn(Draft draft, PendingRequest pending) {
        deadlines.at(deadlines.nowNanos() + pending.patienceNanos(), () -> giveUp(draft, pending));
    }

    private void giveUp(Draft draft, PendingRequest pending) {
        if (!draft.held().contains(pending)) {
            return;
        }
        if (pending.mayBeResumed() && draft.transport().hasOpenResumption()) {
            holdOn(draft, pending);
            return;
        }
        RequestTrace trace = pending.settle(draft, true);
        if (trace != null) {
            draft.held().remove(pending);
            draft.add(trace);
            listener.onRequest(trace);
        }
    }
}
