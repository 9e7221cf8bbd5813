package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.ExchangeEnd;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An agent session that is not over yet. */
final class Draft {
    private final int number;
    private final Transport transport;
    private final boolean keepExchanges;
    private final Set<KeyKind> links = EnumSet.noneOf(KeyKind.class);
    private final List<SessionExchange> exchanges = new ArrayList<>(0);
    private final List<RequestTrace> requests = new ArrayList<>();
    private final List<PendingRequest> held = new ArrayList<>(0);
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;
    private long activeUntilNanos;
    private int openStreams;
    private boolean sealed;

    Draft(int number, Transport transport, boolean keepExchanges) {
        this.number = number;
        this.transport = transport;
        this.keepExchanges = keepExchanges;
    }

    /** Takes an exchange; one of the agent's own work also moves the idle gap on. */
    void add(SessionExchange exchange, boolean work) {
        ExchangeEnd end = exchange.end();
        startNanos = Math.min(startNanos, exchange.startNanos());
        seen(end.atNanos());
        if (work) {
            activeUntilNanos = Math.max(activeUntilNanos, end.atNanos());
        }
        keep(exchange);
    }

    /** Takes a standalone stream. It says nothing about when the agent began or ended; only its messages do. */
    void keep(SessionExchange exchange) {
        if (keepExchanges) {
            exchanges.add(exchange);
        }
    }

    void seen(long nanos) {
        endNanos = Math.max(endNanos, nanos);
    }

    void add(RequestTrace request) {
        seen(request.doneNanos());
        requests.add(keepExchanges ? request : Trim.of(request));
    }

    AgentSession finish() {
        exchanges.sort(Comparator.comparingLong(SessionExchange::startNanos).thenComparingLong(SessionExchange::id));
        requests.sort(Comparator.comparingLong(RequestTrace::startNanos).thenComparingLong(RequestTrace::exchangeId));
        AgentSession session = new AgentSession(
                id(),
                key(),
                transport.sessionId(),
                transport.clientName(),
                transport.revision(),
                startNanos,
                endNanos,
                exchanges,
                requests);
        exchanges.clear();
        requests.clear();
        return session;
    }

    private SessionKey key() {
        KeyKind weakest = transport.baseKind();
        for (KeyKind link : links) {
            weakest = link.compareTo(weakest) > 0 ? link : weakest;
        }
        return transport.key(weakest);
    }

    int number() {
        return number;
    }

    String id() {
        return "s" + number;
    }

    Transport transport() {
        return transport;
    }

    /** The kinds of link that joined exchanges to it. */
    Set<KeyKind> links() {
        return links;
    }

    /** Requests whose fate is not known yet. */
    List<PendingRequest> held() {
        return held;
    }

    long activeUntilNanos() {
        return activeUntilNanos;
    }

    void streamOpened(boolean open) {
        openStreams += open ? 1 : -1;
    }

    boolean hasOpenStream() {
        return openStreams > 0;
    }

    /** Takes no new exchanges but the streams it opened. */
    void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }
}
