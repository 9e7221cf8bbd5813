package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.wire.InputRequired;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the session model has to say of a capture, in the words of {@code sessions/README.md}. */
final class ModelLines {
    private static final Set<String> OPENING = Set.of("server/discover", "initialize");

    private final List<AgentSession> sessions;
    private final Map<String, TransportSession> transports = new LinkedHashMap<>();
    private final Map<String, List<RequestTrace>> openings = new HashMap<>();
    private final Map<String, Map<String, Long>> http = new HashMap<>();

    private ModelLines(List<AgentSession> found) {
        sessions = found.stream()
                .sorted(Comparator.comparingLong(AgentSession::startNanos))
                .toList();
        sessions.stream()
                .flatMap(session -> session.transports().stream())
                .sorted(Comparator.comparingLong(TransportSession::startNanos)
                        .thenComparingInt(TransportSession::agents)
                        .reversed())
                .sorted(Comparator.comparingLong(TransportSession::startNanos))
                .forEach(transport -> transports.merge(transport.id(), transport, ModelLines::later));
        for (AgentSession session : sessions) {
            Map<Long, String> carried = new HashMap<>();
            session.requests().forEach(request -> carried.put(request.exchangeId(), request.transportId()));
            session.exchanges()
                    .forEach(exchange -> http.computeIfAbsent(
                                    transportOf(exchange, session, carried), unused -> new TreeMap<>())
                            .merge(exchange.request().method(), 1L, Long::sum));
            session.requests().stream()
                    .filter(request -> OPENING.contains(request.method()))
                    .forEach(request -> openings.computeIfAbsent(request.transportId(), unused -> new ArrayList<>())
                            .add(request));
        }
    }

    /** What the agents that share it know of it last. */
    private static TransportSession later(TransportSession one, TransportSession other) {
        return one.endNanos() >= other.endNanos() ? one : other;
    }

    private static String transportOf(SessionExchange exchange, AgentSession session, Map<Long, String> carried) {
        String carrier = carried.get(exchange.id());
        RequestHead head = exchange.request();
        String sent = head.headers().first("Mcp-Session-Id");
        return carrier != null
                ? carrier
                : session.transports().stream()
                        .filter(transport -> sent == null || sent.equals(transport.sessionId()))
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    /** What the model says of the capture's sessions. */
    static List<String> actual(List<AgentSession> sessions) {
        return new ModelLines(sessions).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> ids = List.copyOf(transports.keySet());
        transports.values().forEach(transport -> {
            lines.add("transport " + (ids.indexOf(transport.id()) + 1) + ": "
                    + transport.kind().label() + ", client \"" + transport.client() + "\", revision "
                    + transport.revision() + ", " + ending(transport) + ", http " + counts(transport.id()));
            negotiation(transport.id()).forEach(lines::add);
        });
        for (AgentSession session : sessions) {
            String used = session.transports().stream()
                    .map(transport -> String.valueOf(ids.indexOf(transport.id()) + 1))
                    .collect(Collectors.joining(" "));
            lines.add("agent " + (sessions.indexOf(session) + 1) + ": by "
                    + key(session.key().kind()) + ", transports " + used);
            lines.addAll(new AgentLines(session).lines());
        }
        return lines;
    }

    private static String ending(TransportSession transport) {
        return switch (transport.ending()) {
            case DELETED -> "ended by DELETE";
            case STREAM_CLOSED -> "ended by its stream";
            case REFUSED -> "refused";
            case NONE, LOST -> "left open";
        };
    }

    private String counts(String transport) {
        Map<String, Long> counts = http.getOrDefault(transport, Map.of());
        return Stream.of("POST", "GET", "DELETE")
                .filter(counts::containsKey)
                .map(method -> counts.get(method) + " " + method)
                .collect(Collectors.joining(" "));
    }

    private List<String> negotiation(String transport) {
        List<RequestTrace> opening = openings.getOrDefault(transport, List.of());
        if (opening.isEmpty()) {
            return List.of();
        }
        boolean agreed = opening.stream().anyMatch(request -> !request.outcome().isError());
        String legs = opening.stream().map(RequestTrace::method).collect(Collectors.joining(" "));
        return List.of("  negotiation " + (agreed ? "ok" : "refused") + ", legs " + legs);
    }

    private static String key(KeyKind kind) {
        return switch (kind) {
            case SESSION_ID, ENDPOINT -> "session";
            case TRACE -> "trace";
            case CONVERSATION, META -> "meta";
            case HEADER -> "header";
            case PATH, POOLED_SESSION, DATA_FLOW, CONNECTION, ID_SEQUENCE, CHAIN, TOKEN, CLIENT, ADDRESS -> "inference";
        };
    }

    /** What one agent did. */
    private static final class AgentLines {
        private final AgentSession session;
        private final List<String> lines = new ArrayList<>();
        private final List<String> group = new ArrayList<>();
        private long until = Long.MIN_VALUE;

        AgentLines(AgentSession session) {
            this.session = session;
        }

        List<String> lines() {
            List<Item> items = new ArrayList<>();
            for (Call call : session.calls()) {
                items.add(new Item(call.startNanos(), call.doneNanos(), false, call(call)));
            }
            Set<Long> tasks = polls();
            for (RequestTrace request : session.requests()) {
                boolean own = !OPENING.contains(request.method()) && !request.isCall();
                if (own && !tasks.contains(request.exchangeId())) {
                    boolean stream = request.method().equals("subscriptions/listen");
                    items.add(new Item(
                            request.startNanos(),
                            request.doneNanos(),
                            stream,
                            "request " + request.method() + " "
                                    + request.outcome().label() + details(request)));
                }
            }
            for (ServerRequest asked : session.serverRequests()) {
                if (session.requests().stream().noneMatch(request -> isUnderWay(request, asked))) {
                    items.add(new Item(
                            asked.askedNanos(),
                            asked.askedNanos(),
                            false,
                            "asked " + asked.request().method()));
                }
            }
            items.sort(Comparator.comparingLong(Item::start));
            items.forEach(this::add);
            flush();
            return lines;
        }

        private record Item(long start, long done, boolean stream, String text) {}

        /** The requests that belong to a task; the model may have left out some of a call's legs, but not from its requests. */
        private Set<Long> polls() {
            return session.requests().stream()
                    .filter(request -> request.method().startsWith("tasks/"))
                    .map(RequestTrace::exchangeId)
                    .collect(Collectors.toSet());
        }

        private void add(Item item) {
            if (item.stream() || item.start() >= until) {
                flush();
            }
            group.add(item.text());
            if (item.stream()) {
                flush();
            } else {
                until = Math.max(until, item.done());
            }
        }

        private void flush() {
            if (!group.isEmpty()) {
                lines.add(group.stream().sorted().collect(Collectors.joining(" || ", "  ", "")));
                group.clear();
            }
        }

        private String call(Call call) {
            StringBuilder text = new StringBuilder(
                    "call " + call.tool() + " " + call.outcome().label());
            text.append(details(call.first()));
            if (call.legs().size() > 1) {
                call.legs().stream()
                        .filter(leg -> !leg.equals(call.last()) && leg.answer() != null)
                        .forEach(leg -> inputs(leg)
                                .forEach(method -> text.append(", asked ").append(method)));
                text.append(", legs").append(legs(call.legs()));
            }
            return sorted(text.toString());
        }

        /** Details in order of their text. */
        private static String sorted(String item) {
            List<String> parts = List.of(item.split(", "));
            return Stream.concat(Stream.of(parts.get(0)), parts.stream().skip(1).sorted())
                    .collect(Collectors.joining(", "));
        }

        private static String legs(List<RequestTrace> legs) {
            StringBuilder text = new StringBuilder();
            String before = "";
            boolean more = false;
            for (RequestTrace leg : legs) {
                boolean poll = leg.method().equals("tasks/get");
                if (poll && leg.method().equals(before)) {
                    more = true;
                    continue;
                }
                text.append(more ? "+" : "").append(' ').append(leg.method());
                more = false;
                before = leg.method();
                more = poll;
            }
            return text.append(more ? "+" : "").toString();
        }

        private static List<String> inputs(RequestTrace leg) {
            return leg.answer() == null
                    ? List.of()
                    : InputRequired.inputRequests(leg.answer()).stream()
                            .map(key -> leg.answer()
                                    .result()
                                    .path("inputRequests")
                                    .path(key)
                                    .path("method")
                                    .asString(""))
                            .toList();
        }

        private String details(RequestTrace request) {
            StringBuilder text = new StringBuilder();
            if (!request.progressNanos().isEmpty()) {
                text.append(", progress ").append(request.progressNanos().size());
            }
            session.serverRequests().stream()
                    .filter(asked -> isUnderWay(request, asked) && request.isCall())
                    .forEach(asked ->
                            text.append(", asked ").append(asked.request().method()));
            if (request.answeredOn() != request.exchangeId() && isResumption(request.answeredOn())) {
                text.append(", resumed 1");
            }
            return text.toString();
        }

        private boolean isResumption(long exchangeId) {
            return session.exchanges().stream()
                    .anyMatch(exchange -> exchange.id() == exchangeId
                            && exchange.request().headers().first("Last-Event-ID") != null);
        }

        private static boolean isUnderWay(RequestTrace request, ServerRequest asked) {
            return request.isCall()
                    && request.startNanos() <= asked.askedNanos()
                    && asked.askedNanos() <= request.doneNanos();
        }
    }
}
