package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One transport session: what the protocol calls a session, or what stands for it where the server names none. It lives
 * on, small, when its agent sessions are cut by an idle gap.
 */
final class Transport {
    private static final long LATE_NANOS = 300L * 1_000_000_000;
    private static final String FIRST_MODERN = "2026-07-28";

    private final int number;
    private final ClientKey client;
    private final long connectionId;
    private final boolean opened;
    private final IdSequence ids = new IdSequence();
    private final TraceHabit traces = new TraceHabit();
    private final Unmatched unmatched = new Unmatched();
    private final Set<Draft> drafts = new LinkedHashSet<>(1);
    private @Nullable String sessionId;
    private @Nullable String endpoint;
    private @Nullable String idPrefix;
    private @Nullable Draft current;
    private @Nullable ExchangeEnd streamEnd;
    private TransportEnding ending = TransportEnding.NONE;
    private String clientName = "";
    private String revision = "";
    private boolean initialized;
    private boolean succeeded;
    private int lastStatus;
    private int openStreams;
    private int openResumptions;
    private int agents;
    private int calls;
    private int callsAccepted;
    private long startNanos;
    private long lastStartNanos;
    private long endNanos;

    /** @param opened whether it began with an initialize or server/discover, not in the middle */
    Transport(int number, OpenExchange first, @Nullable String sessionId, boolean opened) {
        this.number = number;
        this.client = ClientKey.of(first.head());
        this.connectionId = first.head().connectionId();
        this.sessionId = sessionId;
        this.opened = opened;
        this.startNanos = first.startNanos();
    }

    /** Takes note of what an exchange of this session sent and got. */
    void note(OpenExchange exchange) {
        startNanos = Math.min(startNanos, exchange.startNanos());
        lastStartNanos = Math.max(lastStartNanos, exchange.startNanos());
        lastStatus = exchange.status();
        seen(exchange.lastNanos());
        String version = exchange.revision();
        if (version != null && (revision.isEmpty() || isModern(version))) {
            revision = version;
        }
        traces.met(exchange.trace());
        exchange.sent().forEach(message -> sent(message, exchange));
        succeeded |= exchange.responses().stream()
                .anyMatch(timed -> timed.message() instanceof JsonRpcMessage.Response answer && !answer.isError());
    }

    private void sent(JsonRpcMessage message, OpenExchange exchange) {
        unmatched.sent(message, exchange.startNanos());
        noteCancellations(exchange);
        if (message instanceof JsonRpcMessage.Request request) {
            ids.add(request.id());
            String prefix = IdSequence.prefixOf(request.id());
            idPrefix = prefix == null ? idPrefix : prefix;
            if (request.method().equals("tools/call")) {
                calls++;
                callsAccepted += exchange.status() >= 200 && exchange.status() < 300 ? 1 : 0;
            }
            if (request.method().equals("initialize")) {
                initialize(request, exchange);
            } else if (clientName.isEmpty()) {
                clientName = name(OpenExchange.meta(request).path("io.modelcontextprotocol/clientInfo"));
            }
        }
    }

    /** As soon as they are sent: what they cancel may be over before they are. Once for each exchange. */
    void noteCancellations(OpenExchange exchange) {
        if (exchange.isBodyReadable() && exchange.takeNote()) {
            exchange.sent().forEach(message -> unmatched.cancelled(message, exchange.startNanos()));
        }
    }

    private void initialize(JsonRpcMessage.Request request, OpenExchange exchange) {
        clientName = name(request.node().path("params").path("clientInfo"));
        for (TimedMessage timed : exchange.responses()) {
            if (timed.message() instanceof JsonRpcMessage.Response answer) {
                initialized(answer);
            }
        }
    }

    /** The server answered initialize. */
    private void initialized(JsonRpcMessage.Response answer) {
        if (!answer.isError()) {
            initialized = true;
            String settled = text(answer.result().path("protocolVersion"));
            revision = settled.isEmpty() ? revision : settled;
        }
    }

    /** The server sent a message on a standalone stream. */
    void streamed(TimedMessage timed, OpenExchange stream) {
        seen(timed.atNanos());
        unmatched.streamed(timed, stream.id(), endpoint != null || stream.isResumption());
        if (endpoint != null
                && timed.message() instanceof JsonRpcMessage.Response answer
                && answer.result().has("protocolVersion")) {
            initialized(answer);
        }
    }

    static String name(JsonNode clientInfo) {
        return (text(clientInfo.path("name")) + " " + text(clientInfo.path("version"))).strip();
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    /** Whether an exchange that started then can belong here. Without its beginning seen, what it began with may be late. */
    boolean canHold(long exchangeStartNanos) {
        return exchangeStartNanos >= (opened || initialized ? startNanos : startNanos - LATE_NANOS);
    }

    /** Whether nothing has come of it yet: refused handshakes and probes, to be taken over by the one that works. */
    boolean isTentative() {
        return sessionId == null && endpoint == null && !initialized && !succeeded;
    }

    /** Whether its beginning may still show up: it was met in the middle. */
    boolean awaitsInitialize() {
        return sessionId == null && endpoint == null && !initialized && !opened;
    }

    /** Whether the last thing the server did was to refuse: an auth challenge, or a probe it does not know. */
    boolean wasRefused() {
        return lastStatus >= 400 && lastStatus < 500;
    }

    TransportKind kind() {
        if (sessionId != null) {
            return TransportKind.STREAMABLE;
        }
        if (endpoint != null) {
            return TransportKind.LEGACY_SSE;
        }
        return isModern(revision) ? TransportKind.MODERN : TransportKind.NAMELESS;
    }

    private static boolean isModern(String revision) {
        return revision.compareTo(FIRST_MODERN) >= 0 && Character.isDigit(revision.charAt(0));
    }

    /** What held the session together when nothing weaker was needed. */
    KeyKind baseKind() {
        return switch (kind()) {
            case STREAMABLE -> ids.isAlwaysTheSame() ? KeyKind.POOLED_SESSION : KeyKind.SESSION_ID;
            case LEGACY_SSE -> KeyKind.ENDPOINT;
            case NAMELESS, MODERN -> opened || initialized ? KeyKind.CONNECTION : KeyKind.CLIENT;
        };
    }

    SessionKey key(KeyKind weakest) {
        return switch (weakest) {
            case SESSION_ID, POOLED_SESSION -> new SessionKey(weakest, sessionId == null ? "" : sessionId);
            case ENDPOINT -> new SessionKey(weakest, endpoint == null ? "" : endpoint);
            case CONNECTION -> new SessionKey(weakest, Long.toString(connectionId));
            case ID_SEQUENCE -> new SessionKey(weakest, idPrefix == null ? client.label() : idPrefix);
            case PATH, HEADER, META, CONVERSATION, TRACE, DATA_FLOW, CHAIN, TOKEN, CLIENT, ADDRESS ->
                new SessionKey(weakest, client.label());
        };
    }

    TransportSession snapshot() {
        return new TransportSession(
                "t" + number,
                kind(),
                sessionId == null ? endpoint : sessionId,
                clientName,
                revision,
                startNanos,
                endNanos,
                ending == TransportEnding.NONE && isTentative() && wasRefused() ? TransportEnding.REFUSED : ending,
                agents);
    }

    String id() {
        return "t" + number;
    }

    void name(String newSessionId) {
        sessionId = newSessionId;
    }

    /** @param pathAndQuery where the client is to post to (2024-11-05) */
    void endpoint(String pathAndQuery) {
        endpoint = pathAndQuery;
    }

    @Nullable
    String endpoint() {
        return endpoint;
    }

    @Nullable
    String sessionId() {
        return sessionId;
    }

    ClientKey client() {
        return client;
    }

    IdSequence ids() {
        return ids;
    }

    String clientName() {
        return clientName;
    }

    String revision() {
        return revision;
    }

    long startNanos() {
        return startNanos;
    }

    long lastStartNanos() {
        return lastStartNanos;
    }

    void seen(long nanos) {
        endNanos = Math.max(endNanos, nanos);
    }

    void ended(TransportEnding how) {
        ending = how;
    }

    TransportEnding ending() {
        return ending;
    }

    /** tools/call requests so far. */
    int calls() {
        return calls;
    }

    /** Those of them that the server did not refuse: a refused one that is tried again is no second call of the agent. */
    int callsAccepted() {
        return callsAccepted;
    }

    /** Whether the traces of its requests tell agents apart. */
    boolean isTracedByAgent() {
        return traces.isOfAgents();
    }

    /** The connection of its first exchange. */
    long connectionId() {
        return connectionId;
    }

    /** The agent session that used it last and goes on; null when none does. */
    @Nullable
    Draft current() {
        return current;
    }

    /** An agent session uses it. */
    void usedBy(Draft draft) {
        agents += drafts.add(draft) ? 1 : 0;
        current = draft;
    }

    /** An agent session that used it was taken over by another. */
    void passed(Draft from) {
        agents -= drafts.remove(from) ? 1 : 0;
        current = current == from ? null : current;
    }

    /**
     * An agent session that used it is over.
     *
     * @return whether none is left
     */
    boolean leftBy(Draft draft) {
        drafts.remove(draft);
        if (current == draft) {
            current = null;
            for (Draft other : drafts) {
                current = other;
            }
        }
        if (drafts.isEmpty()) {
            unmatched.clear();
        }
        return drafts.isEmpty();
    }

    /** The agent sessions that use it and are not over, in order of first use. */
    Set<Draft> drafts() {
        return drafts;
    }

    Unmatched unmatched() {
        return unmatched;
    }

    void streamOpened(boolean resumption) {
        openStreams++;
        openResumptions += resumption ? 1 : 0;
        streamEnd = null;
    }

    void streamClosed(ExchangeEnd end, boolean resumption) {
        openStreams--;
        openResumptions -= resumption ? 1 : 0;
        streamEnd = openStreams == 0 ? end : null;
        boolean ended = end.endedBy() == EndedBy.CLIENT || end.endedBy() == EndedBy.UPSTREAM;
        if (openStreams == 0 && endpoint != null && ended) {
            ending = TransportEnding.STREAM_CLOSED;
        }
    }

    /** Whether a stream is open that may bring answers to requests of other exchanges. */
    boolean mayAnswer() {
        return endpoint == null ? openResumptions > 0 : openStreams > 0;
    }

    boolean hasOpenStream() {
        return openStreams > 0;
    }

    /** How its last stream ended, null while there is one or when there never was. */
    @Nullable
    ExchangeEnd streamEnd() {
        return streamEnd;
    }
}
