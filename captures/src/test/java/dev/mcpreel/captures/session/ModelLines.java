package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.RequestHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the session model has to say of what an {@link Expectation} tells, in the same words, and the same part of the
 * expectation beside it. What the model cannot say yet is in {@link #notGivenYet}, and nowhere else.
 */
final class ModelLines {
    private static final List<String> OPENING = List.of("server/discover", "initialize");

    private ModelLines() {}

    /** What is expected of the model as it is. */
    static List<String> expected(Expectation expectation) {
        List<String> lines = new ArrayList<>();
        expectation.transports().forEach(transport -> {
            lines.add(transport(transport.client(), transport.revision(), transport.http()));
            transport
                    .negotiation()
                    .forEach(item ->
                            lines.add("  " + item.what() + ", " + item.details().get(0)));
        });
        expectation.agents().forEach(agent -> {
            lines.add(agent(agent.transports()));
            agent.lines().stream()
                    .map(items -> items.stream().map(Expectation.Item::what).filter(ModelLines::isRequest))
                    .map(ModelLines::together)
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        });
        return lines;
    }

    /** What no part of the model says yet: every kind, ending and key, and every detail of every item. */
    static List<String> notGivenYet(Expectation expectation) {
        List<String> lines = new ArrayList<>();
        if (!expectation.agentKey().equals("auto")) {
            lines.add("agent-key");
        }
        expectation
                .transports()
                .forEach(transport -> lines.addAll(List.of("kind " + transport.kind(), transport.ending())));
        expectation.agents().forEach(agent -> {
            lines.add("by " + agent.key());
            agent.lines().stream().flatMap(List::stream).forEach(item -> {
                if (!isRequest(item.what())) {
                    lines.add(item.what());
                }
                lines.addAll(item.details());
            });
        });
        return lines;
    }

    /** What the model says of the capture's sessions, each of which has one transport session. */
    static List<String> actual(List<AgentSession> sessions) {
        List<String> lines = new ArrayList<>();
        List<AgentSession> inOrder = sessions.stream()
                .sorted(Comparator.comparingLong(AgentSession::startNanos))
                .toList();
        inOrder.forEach(session -> {
            lines.add(transport(session.client(), session.revision(), http(session)));
            lines.addAll(negotiation(session));
        });
        for (int number = 1; number <= inOrder.size(); number++) {
            lines.add(agent(List.of(number)));
            lines.addAll(work(inOrder.get(number - 1)));
        }
        return lines;
    }

    private static String transport(String client, String revision, String http) {
        return "transport: client \"" + client + "\", revision " + revision + ", http " + http;
    }

    private static String agent(List<Integer> transports) {
        return "agent: transports " + transports;
    }

    private static boolean isRequest(String item) {
        return item.startsWith("call ") || item.startsWith("request ");
    }

    private static String together(Stream<String> items) {
        return items.sorted().collect(Collectors.joining(" || ", "  ", ""));
    }

    private static String http(AgentSession session) {
        Map<String, Long> counts = session.exchanges().stream()
                .map(SessionExchange::request)
                .collect(Collectors.groupingBy(RequestHead::method, Collectors.counting()));
        return Stream.of("POST", "GET", "DELETE")
                .filter(counts::containsKey)
                .map(method -> counts.get(method) + " " + method)
                .collect(Collectors.joining(" "));
    }

    private static List<String> negotiation(AgentSession session) {
        List<RequestTrace> opening = session.requests().stream()
                .filter(request -> OPENING.contains(request.method()))
                .toList();
        if (opening.isEmpty()) {
            return List.of();
        }
        boolean agreed = opening.stream().anyMatch(request -> !request.outcome().isError());
        String legs = opening.stream().map(RequestTrace::method).collect(Collectors.joining(" "));
        return List.of("  negotiation " + (agreed ? "ok" : "refused") + ", legs " + legs);
    }

    private static List<String> work(AgentSession session) {
        List<String> lines = new ArrayList<>();
        List<String> group = new ArrayList<>();
        long until = Long.MIN_VALUE;
        for (RequestTrace request : session.requests()) {
            boolean stream = request.method().equals("subscriptions/listen");
            if (OPENING.contains(request.method())) {
                continue;
            }
            if (stream || request.startNanos() >= until) {
                flush(group, lines);
            }
            group.add(item(request));
            if (stream) {
                flush(group, lines);
            } else {
                until = Math.max(until, request.doneNanos());
            }
        }
        flush(group, lines);
        return lines;
    }

    private static void flush(List<String> group, List<String> lines) {
        if (!group.isEmpty()) {
            lines.add(together(group.stream()));
            group.clear();
        }
    }

    private static String item(RequestTrace request) {
        String name = request.isCall() ? "call " + request.tool() : "request " + request.method();
        return name + " " + request.outcome().label();
    }
}
