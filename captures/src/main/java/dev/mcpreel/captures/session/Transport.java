package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One transport session: what the protocol calls a session, or what stands for it where the server names none. It lives
 * on, small, when its agent session is cut by an idle gap.
 */
final class Transport {
    private static final long LATE_NANOS = 300L * 1_000_000_000;

    private final ClientKey client;
    private final long connectionId;
    private final boolean opened;
    private final IdSequence ids = new IdSequence();
    private final Set<Long> postsInFlight = new HashSet<>(2);
    private final RecentById<Long> clientAnswers = new RecentById<>();
    private final RecentById<Long> cancellations = new RecentById<>();
    private final RecentById<TimedMessage> resumed = new RecentById<>();
    private @Nullable String sessionId;
    private @Nullable String idPrefix;
    private @Nullable Draft current;
    private String clientName = "";
    private String revision = "";
    private boolean initialized;
    private boolean succeeded;
    private int lastStatus;
    private int openResumptions;
    private long startNanos;
    private long lastStartNanos;

    /** @param opened whether it began with an initialize or server/discover, not in the middle */
    Transport(OpenExchange first, @Nullable String sessionId, boolean opened) {
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
        String version = exchange.head().headers().first("MCP-Protocol-Version");
        if (revision.isEmpty() && version != null) {
            revision = version;
        }
        exchange.sent().forEach(message -> sent(message, exchange));
        succeeded |= exchange.responses().stream()
                .anyMatch(timed -> timed.message() instanceof JsonRpcMessage.Response answer && !answer.isError());
    }

    private void sent(JsonRpcMessage message, OpenExchange exchange) {
        if (message instanceof JsonRpcMessage.Request request) {
            ids.add(request.id());
            String prefix = IdSequence.prefixOf(request.id());
            idPrefix = prefix == null ? idPrefix : prefix;
            if (request.method().equals("initialize")) {
                initialize(request, exchange);
            }
        } else if (message instanceof JsonRpcMessage.Response answer && answer.id() != null) {
            clientAnswers.add(answer.id(), exchange.startNanos(), exchange.startNanos());
        } else if (message instanceof JsonRpcMessage.Notification told
                && told.method().equals("notifications/cancelled")) {
            RpcId id = RpcId.of(told.node().path("params").path("requestId"));
            if (id != null) {
                cancellations.add(id, exchange.startNanos(), exchange.startNanos());
            }
        }
    }

    private void initialize(JsonRpcMessage.Request request, OpenExchange exchange) {
        JsonNode info = request.node().path("params").path("clientInfo");
        clientName = (text(info.path("name")) + " " + text(info.path("version"))).strip();
        for (TimedMessage timed : exchange.responses()) {
            if (timed.message() instanceof JsonRpcMessage.Response answer && !answer.isError()) {
                initialized = true;
                String settled = text(answer.result().path("protocolVersion"));
                revision = settled.isEmpty() ? revision : settled;
            }
        }
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
        return sessionId == null && !initialized && !succeeded;
    }

    /** Whether its beginning may still show up: it was met in the middle. */
    boolean awaitsInitialize() {
        return sessionId == null && !initialized && !opened;
    }

    /** Whether the last thing the server did was to refuse: an auth challenge, or a probe it does not know. */
    boolean wasRefused() {
        return lastStatus >= 400 && lastStatus < 500;
    }

    /** What held the session together when nothing weaker was needed. */
    KeyKind baseKind() {
        if (sessionId != null) {
            return KeyKind.SESSION_ID;
        }
        return opened || initialized ? KeyKind.CONNECTION : KeyKind.CLIENT;
    }

    SessionKey key(KeyKind weakest) {
        return switch (weakest) {
            case SESSION_ID -> new SessionKey(weakest, sessionId == null ? "" : sessionId);
            case CONNECTION -> new SessionKey(weakest, Long.toString(connectionId));
            case ID_SEQUENCE -> new SessionKey(weakest, idPrefix == null ? client.label() : idPrefix);
            case CLIENT -> new SessionKey(weakest, client.label());
        };
    }

    void name(String newSessionId) {
        sessionId = newSessionId;
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

    @Nullable
    Draft current() {
        return current;
    }

    /** The agent session that takes what comes next; null when the last one is over. */
    void setCurrent(@Nullable Draft draft) {
        current = draft;
        if (draft == null) {
            clientAnswers.clear();
            cancellations.clear();
            resumed.clear();
        }
    }

    Set<Long> postsInFlight() {
        return postsInFlight;
    }

    /** When the client began to answer a request of the server; each answer is given out once. */
    @Nullable
    Long takeClientAnswer(RpcId id, long fromNanos) {
        return clientAnswers.take(id, fromNanos, Long.MAX_VALUE);
    }

    /** When the client cancelled a request it had in flight in the span; each cancellation is given out once. */
    @Nullable
    Long takeCancellation(RpcId id, long fromNanos, long toNanos) {
        return cancellations.take(id, fromNanos, toNanos);
    }

    /** The answer that came on a stream that went on for a broken one; each is given out once. */
    @Nullable
    TimedMessage takeResumed(RpcId id, long fromNanos) {
        return resumed.take(id, fromNanos, Long.MAX_VALUE);
    }

    void addResumed(RpcId id, TimedMessage answer) {
        resumed.add(id, answer.atNanos(), answer);
    }

    void resumptionOpened(boolean open) {
        openResumptions += open ? 1 : -1;
    }

    boolean hasOpenResumption() {
        return openResumptions > 0;
    }
}
