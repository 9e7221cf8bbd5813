package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transport session of an exchange. A session id decides, or the endpoint of a 2024-11-05 stream. Without one: an
 * initialize or server/discover begins a session, and everything else joins the one of its trace, else the one whose prefix its
 * JSON-RPC id has, else the one of its client that was given a value it uses, else the one of its connection, else the one whose
 * JSON-RPC ids it continues, else the one its client used last; of two that would do, one whose ids it continues is preferred. Another
 * token on the same connection is another agent's, unless the ids go on. An exchange never joins a
 * session that began after it, so one that reaches the log late still finds its own. Everything kept for idle sessions
 * is bounded in number; the oldest are forgotten.
 */
final class Directory {
    private static final int IDLE = 4_096;
    private static final int CONNECTIONS = 32_768;
    private static final int CLIENTS = 4_096;
    private static final int PER_CONNECTION = 8;
    private static final int PER_CLIENT = 64;
    private static final long RETRY_NANOS = 60L * 1_000_000_000;

    private final Map<String, Transport> byId = new LinkedHashMap<>();
    private final Map<Transport, Boolean> idle = new LinkedHashMap<>();
    private final Map<Long, List<Transport>> byConnection = bounded(CONNECTIONS);
    private final Map<ClientKey, List<Transport>> byClient = bounded(CLIENTS);
    private final Map<String, Transport> byPrefix = bounded(IDLE);
    private final Map<String, Transport> byEndpoint = new HashMap<>();
    private final Map<String, Transport> byTrace = bounded(IDLE);
    private final DataFlow flow = new DataFlow();
    private int lastNumber;

    /**
     * Where an exchange belongs.
     *
     * @param link how it was joined, null when that weakens nothing
     */
    record Found(Transport transport, @Nullable KeyKind link) {}

    @Nullable
    Transport byId(String sessionId) {
        return byId.get(sessionId);
    }

    /** Finds the session of a POST with messages, or begins one. */
    Found assign(OpenExchange exchange) {
        Transport posted = exchange.sessionHeader() == null ? posted(exchange) : null;
        if (posted != null) {
            return new Found(posted, null);
        }
        Found found = isOpening(exchange) ? opening(exchange) : following(exchange);
        remember(exchange, found.transport());
        return found;
    }

    /** The session of a 2024-11-05 endpoint; one whose stream began before the capture is known by its session parameter. */
    private @Nullable Transport posted(OpenExchange exchange) {
        String target = exchange.head().target();
        Transport known = byEndpoint.get(Endpoints.key(target));
        boolean asks = exchange.sent().stream().anyMatch(JsonRpcMessage.Request.class::isInstance);
        boolean legacy = known != null || (asks && exchange.status() == 202 && Endpoints.namesSession(target));
        return legacy ? endpointNamed(exchange, target) : null;
    }

    /** Finds the session of an exchange that begins none. */
    @Nullable
    Found find(OpenExchange exchange) {
        String sent = exchange.sessionHeader();
        if (sent != null) {
            Transport known = byId.get(sent);
            return known == null ? null : new Found(known, null);
        }
        Transport posted = byEndpoint.get(Endpoints.key(exchange.head().target()));
        return posted != null && exchange.isPost() ? new Found(posted, null) : linked(exchange);
    }

    /** The server named the endpoint of a stream: a session of the HTTP+SSE transport begins (2024-11-05). */
    Transport endpointNamed(OpenExchange stream, String pathAndQuery) {
        Transport known = byEndpoint.get(Endpoints.key(pathAndQuery));
        if (known != null) {
            return known;
        }
        Transport transport = created(stream, null, true);
        transport.endpoint(pathAndQuery);
        byEndpoint.put(Endpoints.key(pathAndQuery), transport);
        return transport;
    }

    private Transport created(OpenExchange first, @Nullable String sessionId, boolean opened) {
        return new Transport(++lastNumber, first, sessionId, opened);
    }

    /** The session has no agent session under way, so it may be forgotten when there are many. */
    void idle(Transport transport) {
        idle.put(transport, true);
        if (idle.size() > IDLE) {
            Transport oldest = idle.keySet().iterator().next();
            idle.remove(oldest);
            forget(oldest);
        }
    }

    private void forget(Transport transport) {
        if (transport.sessionId() != null) {
            byId.remove(transport.sessionId(), transport);
        }
        if (transport.endpoint() != null) {
            byEndpoint.remove(Endpoints.key(transport.endpoint()), transport);
        }
        List<Transport> onFirst = byConnection.get(transport.connectionId());
        if (onFirst != null && onFirst.remove(transport) && onFirst.isEmpty()) {
            byConnection.remove(transport.connectionId());
        }
    }

    void busy(Transport transport) {
        idle.remove(transport);
    }

    static boolean isOpening(OpenExchange exchange) {
        return exchange.sent().stream()
                .anyMatch(message -> message instanceof JsonRpcMessage.Request request
                        && (request.method().equals("initialize")
                                || request.method().equals("server/discover")));
    }

    private Found opening(OpenExchange exchange) {
        String given = exchange.sessionGiven() == null ? exchange.sessionHeader() : exchange.sessionGiven();
        Transport known = given == null ? null : byId.get(given);
        if (known != null) {
            return new Found(known, null);
        }
        Transport tentative = tentative(exchange);
        if (tentative != null) {
            if (given != null) {
                name(tentative, given);
            }
            Draft draft = tentative.current();
            if (draft != null) {
                draft.links().clear();
            }
            return new Found(tentative, null);
        }
        if (given != null) {
            return new Found(name(created(exchange, given, true), given), null);
        }
        Found late = late(exchange);
        return late == null ? new Found(created(exchange, null, true), null) : late;
    }

    private Found following(OpenExchange exchange) {
        String id = exchange.sessionHeader() == null ? exchange.sessionGiven() : exchange.sessionHeader();
        if (id != null) {
            Transport known = byId.get(id);
            return new Found(known == null ? name(created(exchange, id, false), id) : known, null);
        }
        Found found = linked(exchange);
        return found == null ? new Found(created(exchange, null, false), null) : found;
    }

    private Transport name(Transport transport, String sessionId) {
        transport.name(sessionId);
        byId.put(sessionId, transport);
        return transport;
    }

    /** A refused beginning that this one makes another attempt at: on its connection, or of its client once it works. */
    private @Nullable Transport tentative(OpenExchange exchange) {
        long start = exchange.startNanos();
        Predicate<Transport> recent = transport -> transport.isTentative()
                && transport.lastStartNanos() <= start
                && start - transport.lastStartNanos() <= RETRY_NANOS;
        Transport same = last(onConnection(exchange), recent);
        if (same != null || exchange.status() < 200 || exchange.status() >= 300) {
            return same;
        }
        return ofClient(exchange).stream()
                .filter(recent)
                .filter(Transport::wasRefused)
                .findFirst()
                .orElse(null);
    }

    /** A session met in the middle whose beginning this is: its exchange ended after the ones that followed it. */
    private @Nullable Found late(OpenExchange exchange) {
        Predicate<Transport> headless = transport -> transport.awaitsInitialize()
                && transport.startNanos() >= exchange.startNanos()
                && transport.startNanos() - exchange.startNanos() <= RETRY_NANOS;
        Transport same = last(onConnection(exchange), headless);
        if (same != null) {
            return new Found(same, KeyKind.CONNECTION);
        }
        Transport other = last(ofClient(exchange), headless);
        return other == null ? null : new Found(other, KeyKind.CLIENT);
    }

    private @Nullable Found linked(OpenExchange exchange) {
        RpcId id = firstId(exchange);
        Predicate<Transport> possible = transport -> transport.canHold(exchange.startNanos());
        String trace = exchange.trace();
        Found found = found(trace == null ? null : byTrace.get(trace), possible, KeyKind.TRACE);
        String prefix = found == null ? IdSequence.prefixOf(id) : null;
        found = found == null
                ? found(prefix == null ? null : byPrefix.get(prefix), possible, KeyKind.ID_SEQUENCE)
                : found;
        if (found != null) {
            return found;
        }
        ClientKey client = ClientKey.of(exchange.head());
        List<Transport> ofClient = ofClient(exchange);
        List<Transport> onConnection = byOneClient(onConnection(exchange), client, ofClient.isEmpty() ? id : null);
        Transport given = given(exchange, onConnection);
        if (given != null && given.client().equals(client) && possible.test(given)) {
            return new Found(given, KeyKind.DATA_FLOW);
        }
        Transport near = next(onConnection, possible, id);
        if (near == null && onConnection.size() > 1) {
            near = next(ofClient, possible, id);
            if (near != null) {
                return new Found(near, KeyKind.ID_SEQUENCE);
            }
        }
        near = near == null ? continued(onConnection, possible, id) : near;
        near = near == null ? last(onConnection, possible) : near;
        if (near != null) {
            return new Found(near, KeyKind.CONNECTION);
        }
        near = continued(ofClient, possible, id);
        if (near != null) {
            return new Found(near, KeyKind.ID_SEQUENCE);
        }
        return found(last(ofClient, possible), possible, KeyKind.CLIENT);
    }

    /** The one that was given what it uses; where its connection is one session's alone, no word may say otherwise by chance. */
    private @Nullable Transport given(OpenExchange exchange, List<Transport> onConnection) {
        Transport asked = flow.askedFor(exchange);
        if (asked != null) {
            return asked;
        }
        return onConnection.size() == 1 ? flow.certainUserOf(exchange) : flow.userOf(exchange);
    }

    private static @Nullable Found found(@Nullable Transport transport, Predicate<Transport> possible, KeyKind link) {
        return transport != null && possible.test(transport) ? new Found(transport, link) : null;
    }

    /**
     * Of the sessions on a connection those with the same token, else those whose ids go on: their token was renewed.
     *
     * @param id null where the client has sessions with the token it sends
     */
    private static List<Transport> byOneClient(List<Transport> transports, ClientKey client, @Nullable RpcId id) {
        List<Transport> same = transports.stream()
                .filter(transport -> transport.client().equals(client))
                .toList();
        return same.isEmpty()
                ? transports.stream()
                        .filter(transport ->
                                transport.sessionId() != null || transport.ids().isNext(id))
                        .toList()
                : same;
    }

    private static @Nullable Transport next(
            List<Transport> transports, Predicate<Transport> possible, @Nullable RpcId id) {
        return last(transports, possible.and(transport -> transport.ids().isNext(id)));
    }

    /** The one the id is the very next of, else one it is near to. */
    private static @Nullable Transport continued(
            List<Transport> transports, Predicate<Transport> possible, @Nullable RpcId id) {
        Transport next = next(transports, possible, id);
        return next == null
                ? last(transports, possible.and(transport -> transport.ids().isFollowedBy(id)))
                : next;
    }

    private static @Nullable RpcId firstId(OpenExchange exchange) {
        for (JsonRpcMessage message : exchange.sent()) {
            if (message instanceof JsonRpcMessage.Request request) {
                return request.id();
            }
        }
        return null;
    }

    private List<Transport> onConnection(OpenExchange exchange) {
        ClientKey client = ClientKey.of(exchange.head());
        return byConnection.getOrDefault(exchange.head().connectionId(), List.of()).stream()
                .filter(transport -> transport.client().isSameProgram(client))
                .toList();
    }

    /** A client's sessions without an id, the one used last at the end. */
    private List<Transport> ofClient(OpenExchange exchange) {
        return byClient.getOrDefault(ClientKey.of(exchange.head()), List.of()).stream()
                .filter(transport -> transport.sessionId() == null)
                .toList();
    }

    private static @Nullable Transport last(List<Transport> transports, Predicate<Transport> condition) {
        for (int i = transports.size() - 1; i >= 0; i--) {
            if (condition.test(transports.get(i))) {
                return transports.get(i);
            }
        }
        return null;
    }

    private void remember(OpenExchange exchange, Transport transport) {
        push(
                byConnection.computeIfAbsent(exchange.head().connectionId(), id -> new ArrayList<>(1)),
                transport,
                PER_CONNECTION);
        if (transport.sessionId() != null) {
            return;
        }
        push(byClient.computeIfAbsent(ClientKey.of(exchange.head()), key -> new ArrayList<>(1)), transport, PER_CLIENT);
        String prefix = IdSequence.prefixOf(firstId(exchange));
        if (prefix != null) {
            byPrefix.put(prefix, transport);
        }
        if (exchange.trace() != null) {
            byTrace.put(exchange.trace(), transport);
        }
        flow.used(exchange, transport);
        flow.issued(exchange, transport);
    }

    private static void push(List<Transport> transports, Transport transport, int limit) {
        if (!transports.isEmpty() && transports.get(transports.size() - 1) == transport) {
            return;
        }
        transports.remove(transport);
        if (transports.size() == limit) {
            transports.remove(0);
        }
        transports.add(transport);
    }

    private static <K, V> Map<K, V> bounded(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        };
    }
}
