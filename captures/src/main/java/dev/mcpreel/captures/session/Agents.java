package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the agent session of an exchange whose transport session is known. An agent's name decides, as the operator's key or
 * the client's own conversation id gives it; an exchange without one goes to the agent that used its transport session last.
 * Where nothing names agents, each transport session is one, except that transport sessions of one client that follow one
 * another, each ended after a single call, are one agent's, and so is the one that follows a session the server lost.
 */
final class Agents {
    /** How long after a transport session with a single call the next of the same agent may begin. */
    static final long CHAIN_NANOS = 120L * 1_000_000_000;

    private static final int CHAINS = 4_096;

    /** What a client does before and between its work, so that it says nothing about which agent it is for. */
    private static final Set<String> PREPARATION = Set.of(
            "initialize",
            "server/discover",
            "ping",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "logging/setLevel");

    private final AgentKey key;
    private final Map<SessionKey, Draft> named = new HashMap<>();
    private final Map<ChainKey, Draft> chains = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChainKey, Draft> eldest) {
            return size() > CHAINS;
        }
    };
    private final Map<Draft, Draft> befores = new HashMap<>();
    private final Map<Draft, ChainKey> chainKeys = new HashMap<>();

    /** The program on one host, by one token. */
    private record ChainKey(ClientKey client, String name) {}

    Agents(AgentKey key) {
        this.key = key;
    }

    /** The agent the exchange names, null when it names none. */
    @Nullable
    SessionKey nameOf(OpenExchange exchange, @Nullable Transport transport) {
        KeyKind kind = key.kind().found();
        if (exchange.isStream()
                && needsClientName()
                && clientName(exchange, transport).isEmpty()) {
            // A 2024-11-05 stream comes before the initialize that says the name.
            return null;
        }
        return switch (key.kind()) {
            case AUTO -> ownName(exchange, transport);
            case PATH -> named(kind, Affinity.path(exchange));
            case HEADER -> named(kind, Affinity.header(exchange, key.name()));
            case META -> named(kind, Affinity.meta(exchange, key.name()));
            case TRACE -> named(kind, exchange.trace());
            case TOKEN -> named(kind, token(exchange, transport));
            case CLIENT -> named(kind, client(exchange, transport));
            case ADDRESS -> named(kind, ClientKey.of(exchange.head()).host());
        };
    }

    /** What names an agent without being asked for: its conversation, or its trace where traces turned out to be agents'. */
    private static @Nullable SessionKey ownName(OpenExchange exchange, @Nullable Transport transport) {
        SessionKey conversation = named(KeyKind.CONVERSATION, exchange.conversation());
        boolean traced = conversation == null && transport != null && transport.isTracedByAgent();
        return traced ? named(KeyKind.TRACE, exchange.trace()) : conversation;
    }

    /** Whether the unnamed session may turn out to be this agent's: not one that may be many agents' already. */
    boolean mayBe(Draft unnamed, SessionKey name) {
        boolean late = key.kind() == AgentKey.Kind.AUTO && name.kind() == KeyKind.TRACE;
        return unnamed.claim() == null && !(late && unnamed.isTold());
    }

    private boolean needsClientName() {
        return key.kind() == AgentKey.Kind.TOKEN || key.kind() == AgentKey.Kind.CLIENT;
    }

    private static @Nullable SessionKey named(KeyKind kind, @Nullable String value) {
        return value == null ? null : new SessionKey(kind, value);
    }

    private static @Nullable String token(OpenExchange exchange, @Nullable Transport transport) {
        String token = Affinity.token(exchange);
        return token == null ? null : (token + " " + clientName(exchange, transport)).strip();
    }

    private static String client(OpenExchange exchange, @Nullable Transport transport) {
        String label = ClientKey.of(exchange.head()).label();
        return (clientName(exchange, transport) + " " + label).strip();
    }

    private static String clientName(OpenExchange exchange, @Nullable Transport transport) {
        for (JsonRpcMessage message : exchange.sent()) {
            String modern = Transport.name(OpenExchange.meta(message).path("io.modelcontextprotocol/clientInfo"));
            String own = Transport.name(message.node().path("params").path("clientInfo"));
            if (!modern.isEmpty() || !own.isEmpty()) {
                return modern.isEmpty() ? own : modern;
            }
        }
        return transport == null ? "" : transport.clientName();
    }

    /** The open session of a named agent, or null. */
    @Nullable
    Draft byName(SessionKey name) {
        return named.get(name);
    }

    void name(Draft draft, SessionKey name) {
        draft.claim(name);
        named.put(name, draft);
    }

    /** The session that a new transport session goes on with, or null. */
    @Nullable
    Draft chained(OpenExchange exchange, Transport transport) {
        if (key.kind() != AgentKey.Kind.AUTO || !Directory.isOpening(exchange)) {
            return null;
        }
        Draft draft = chains.get(chainKey(exchange, transport));
        return draft != null && goesOn(draft, exchange.startNanos()) ? draft : null;
    }

    private static boolean goesOn(Draft draft, long startNanos) {
        return !draft.isSealed()
                && startNanos - draft.activeUntilNanos() <= CHAIN_NANOS
                && (isChain(draft) || wasLost(draft));
    }

    /**
     * The session that one goes on with which was not told yet, or null. Asked again at its first call, because the DELETE that
     * ends a transport session may stand in the log after the beginning of the next.
     */
    @Nullable
    Draft chainedLate(Draft draft) {
        Draft before = draft.isTold() || draft.claim() != null ? null : befores.get(draft);
        return before != null && goesOn(before, draft.startNanos()) ? before : null;
    }

    /** Remembers the session as one that another transport session may go on with. */
    void mayBeChained(OpenExchange exchange, Transport transport, Draft draft) {
        if (key.kind() == AgentKey.Kind.AUTO && Directory.isOpening(exchange)) {
            ChainKey own = chainKey(exchange, transport);
            Draft before = chains.put(own, draft);
            if (before != null && before != draft) {
                befores.put(draft, before);
            }
            chainKeys.put(draft, own);
        }
    }

    /** Remembers the session as the one that the client's next transport session goes on with, if the server forgot this one. */
    void mayBeLost(OpenExchange exchange, Transport transport, Draft draft) {
        if (key.kind() == AgentKey.Kind.AUTO && transport.ending() == TransportEnding.LOST) {
            ChainKey own = chainKey(exchange, transport);
            chains.put(own, draft);
            chainKeys.put(draft, own);
        }
    }

    /** One that was not told goes on with an earlier one, which may now be gone on with in its turn. */
    void goneOn(Draft before, Draft draft) {
        ChainKey own = chainKeys.get(draft);
        over(draft);
        if (own != null) {
            chains.put(own, before);
            chainKeys.put(before, own);
        }
    }

    private static ChainKey chainKey(OpenExchange exchange, Transport transport) {
        return new ChainKey(ClientKey.of(exchange.head()), clientName(exchange, transport));
    }

    /** One call in each, and each ended but the latest of a chain that has more: those may lie over one another. */
    static boolean isChain(Draft draft) {
        if (draft.claim() != null) {
            return false;
        }
        int ended = draft.forgottenTransports();
        for (Transport transport : draft.transports()) {
            if (transport.callsAccepted() > 1) {
                return false;
            }
            ended += transport.ending() == TransportEnding.DELETED && transport.calls() > 0 ? 1 : 0;
        }
        return ended >= 2 || ended == draft.transports().size();
    }

    /** Whether the server forgot the transport session it used last, so that the client has to begin another. */
    private static boolean wasLost(Draft draft) {
        boolean lost = false;
        for (Transport transport : draft.transports()) {
            lost = transport.ending() == TransportEnding.LOST;
        }
        return lost;
    }

    /** Whether the exchange is work that shows for whom its session was opened, as far as it can be shown at all. */
    static boolean isDefinite(OpenExchange exchange) {
        return !exchange.isBodyReadable()
                || exchange.sent().stream()
                        .anyMatch(message -> message instanceof JsonRpcMessage.Request request
                                && !PREPARATION.contains(request.method()));
    }

    /** The session is over, or was taken over. */
    void over(Draft draft) {
        SessionKey claim = draft.claim();
        if (claim != null) {
            named.remove(claim, draft);
        }
        befores.remove(draft);
        ChainKey own = chainKeys.remove(draft);
        if (own != null) {
            chains.remove(own, draft);
        }
    }
}
