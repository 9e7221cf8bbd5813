package dev.mcpreel.captures.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent session that is not over yet. Until it is <i>told</i> it has no number and nobody heard of it, so that an agent
 * whose name shows only after its handshake can still take that over.
 */
final class Draft {
    /** Transport sessions described; a client may open one for each call. */
    private static final int TRANSPORTS = 64;

    /** With more, those that are past are let go of. */
    private static final int LIMITS = 8;

    /** A short exchange is in the log at its end, and may so have begun before what the log told earlier. */
    private static final long HELD_BACK_NANOS = 200_000_000;

    private final SessionOptions options;
    private final Set<KeyKind> links = EnumSet.noneOf(KeyKind.class);
    private final Set<Transport> transports = new LinkedHashSet<>(2);
    private final List<Transport> described = new ArrayList<>(1);
    private final Map<Long, Long> inFlight = new HashMap<>(2);
    private final List<PendingRequest> held = new ArrayList<>(0);
    private final List<SessionExchange> exchanges = new ArrayList<>(0);
    private final List<Long> unassigned = new ArrayList<>(0);
    private final Journal journal;
    private final List<Deadlines.Entry> limits = new ArrayList<>(2);
    private @Nullable SessionKey claim;
    private boolean keeps;
    private int number;
    private int forgottenTransports;
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;
    private long activeUntilNanos;
    private final Set<Long> openStreams = new HashSet<>(1);
    private boolean sealed;

    Draft(SessionOptions options, SessionListener listener) {
        this.options = options;
        this.keeps = options.keep().anything();
        this.journal = new Journal(options, listener);
    }

    /** Its first exchange began then, so nothing later is behind an idle gap from before. */
    void began(long nanos) {
        startNanos = Math.min(startNanos, nanos);
        activeUntilNanos = Math.max(activeUntilNanos, nanos);
        seen(nanos);
    }

    /** Something is to happen to it then. */
    void limit(Deadlines.Entry limit, long nowNanos) {
        if (limits.size() >= LIMITS) {
            limits.removeIf(old -> old.atNanos() < nowNanos);
        }
        limits.add(limit);
    }

    /** It is over: its limits hold on to it no more. */
    void callOff(Deadlines deadlines) {
        limits.forEach(deadlines::callOff);
        limits.clear();
    }

    /** Takes an exchange; one of the agent's own work also moves the idle gap on. */
    void add(SessionExchange exchange, boolean work) {
        startNanos = Math.min(startNanos, exchange.startNanos());
        seen(exchange.end().atNanos());
        if (work) {
            activeUntilNanos = Math.max(activeUntilNanos, exchange.end().atNanos());
        }
        keep(exchange);
    }

    /** Takes a standalone stream. It says nothing about when the agent began or ended; only its messages do. */
    void keep(SessionExchange exchange) {
        journal.exchange();
        if (keeps) {
            exchanges.add(exchange);
        }
    }

    /** An exchange belongs here; tells of it now or when the session is told. */
    void assigned(long exchangeId, SessionListener listener) {
        if (isTold()) {
            listener.onAssigned(exchangeId, id());
        } else {
            unassigned.add(exchangeId);
        }
    }

    /** From now on it has a number. */
    void tell(int newNumber, SessionListener listener) {
        number = newNumber;
        keeps = options.keep().keeps(id());
        if (!keeps) {
            exchanges.clear();
        }
        journal.named(keeps);
        unassigned.forEach(exchangeId -> listener.onAssigned(exchangeId, id()));
        unassigned.clear();
    }

    boolean isTold() {
        return number != 0;
    }

    /** How many exchanges it has taken without being told. */
    int untoldSize() {
        return unassigned.size();
    }

    /** Takes over all that another one has but its transport sessions, which was not told yet; that one is over. */
    void takeOver(Draft other, SessionListener listener) {
        startNanos = Math.min(startNanos, other.startNanos);
        seen(other.endNanos);
        activeUntilNanos = Math.max(activeUntilNanos, other.activeUntilNanos);
        links.addAll(other.links);
        inFlight.putAll(other.inFlight);
        held.addAll(other.held);
        journal.takeOver(other.journal);
        if (keeps) {
            exchanges.addAll(other.exchanges);
        }
        openStreams.addAll(other.openStreams);
        other.unassigned.forEach(exchangeId -> assigned(exchangeId, listener));
        other.held.clear();
        other.inFlight.clear();
        other.sealed = true;
    }

    /** Returns one it uses no more for that, or null. */
    @Nullable
    Transport uses(Transport transport) {
        Transport forgotten = null;
        if (transports.add(transport)) {
            if (described.size() < TRANSPORTS) {
                described.add(transport);
            }
            forgotten = transports.size() > TRANSPORTS ? forgetOne(transport) : null;
        }
        transport.usedBy(this);
        return forgotten;
    }

    /** One that was ended, or else the oldest. */
    private Transport forgetOne(Transport but) {
        Transport oldest = transports.iterator().next();
        Transport forgotten = transports.stream()
                .filter(each -> each.ending() != TransportEnding.NONE && each != but)
                .findFirst()
                .orElse(oldest);
        transports.remove(forgotten);
        forgotten.leftBy(this);
        forgottenTransports++;
        return forgotten;
    }

    /** What it uses, in order of first use. */
    Set<Transport> transports() {
        return transports;
    }

    /** How many transport sessions it used and uses no more. */
    int forgottenTransports() {
        return forgottenTransports;
    }

    void seen(long nanos) {
        endNanos = Math.max(endNanos, nanos);
    }

    AgentSession finish() {
        exchanges.sort(Comparator.comparingLong(SessionExchange::startNanos).thenComparingLong(SessionExchange::id));
        AgentSession session = journal.close(
                id(), key(), described.stream().map(Transport::snapshot).toList(), startNanos, endNanos, exchanges);
        exchanges.clear();
        return session;
    }

    private SessionKey key() {
        if (claim != null) {
            return claim;
        }
        Transport first = described.get(0);
        KeyKind weakest = first.baseKind();
        for (KeyKind link : links) {
            weakest = link.compareTo(weakest) > 0 ? link : weakest;
        }
        return first.key(weakest);
    }

    /** The agent it is, where a key named one. */
    @Nullable
    SessionKey claim() {
        return claim;
    }

    void claim(SessionKey key) {
        claim = key;
    }

    String id() {
        return "s" + number;
    }

    /** The kinds of link that joined exchanges to it. */
    Set<KeyKind> links() {
        return links;
    }

    /** Requests whose fate is not known yet. */
    List<PendingRequest> held() {
        return held;
    }

    Journal journal() {
        return journal;
    }

    /** Exchanges of the agent's own work that have not ended, with their starts. */
    Map<Long, Long> inFlight() {
        return inFlight;
    }

    /** Tells in order of what nothing earlier can precede any more at this time of the capture. */
    void order(long nowNanos) {
        long earliest = nowNanos - HELD_BACK_NANOS;
        for (long start : inFlight.values()) {
            earliest = Math.min(earliest, start);
        }
        for (PendingRequest pending : held) {
            earliest = Math.min(earliest, pending.startNanos());
        }
        journal.order(earliest);
    }

    long startNanos() {
        return startNanos;
    }

    long activeUntilNanos() {
        return activeUntilNanos;
    }

    /** The standalone streams of it that have not ended. */
    Set<Long> openStreams() {
        return openStreams;
    }

    boolean hasOpenStream() {
        return !openStreams.isEmpty();
    }

    /** Takes no new exchanges but the streams it opened. */
    void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }
}
