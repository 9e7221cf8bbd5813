package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a capture's traffic consists of. */
final class PatternHead {
    private static final int NAMED = 6;

    private final Fields fields;

    PatternHead(int width, boolean colour) {
        this.fields = new Fields(width, colour);
    }

    List<String> of(String title, TrafficPattern pattern) {
        fields.title(title);
        fields.field(
                "sessions",
                pattern.sessions() + ", held together by "
                        + pattern.keys().entrySet().stream()
                                .map(entry -> entry.getKey().label() + " (" + entry.getValue() + ", confidence "
                                        + entry.getKey().confidence() + ")")
                                .collect(Collectors.joining(", ")));
        fields.field("clients", most(pattern.clients()));
        fields.field("revisions", most(pattern.revisions()));
        fields.field("transports", transports(pattern.transports().counts()));
        fields.field(
                "traffic",
                Plural.of(pattern.calls(), "call") + ", " + Plural.of(pattern.requests(), "request") + ", "
                        + Plural.of(pattern.errors(), "error") + "; " + Plural.of(pattern.exchanges(), "HTTP exchange")
                        + (pattern.calls() == 0
                                ? ""
                                : " (" + Units.number(pattern.exchangesPerCall()) + " for each call)")
                        + (pattern.otherExchanges() == 0 ? "" : " and " + pattern.otherExchanges() + " not of MCP"));
        fields.field(
                "from server",
                pattern.serverRequests() == 0
                        ? "no request to an agent"
                        : Plural.of(pattern.serverRequests(), "request") + " to agents, in "
                                + Plural.of(pattern.askedSessions(), "session"));
        return fields.lines();
    }

    private static String most(Map<String, Long> counts) {
        String first = counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(entry -> (entry.getKey().isEmpty() ? "unknown" : entry.getKey()) + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        return counts.size() > NAMED ? first + ", and " + (counts.size() - NAMED) + " more" : first;
    }

    private static String transports(Map<TransportKind, Map<TransportEnding, Long>> counts) {
        List<String> kinds = new ArrayList<>();
        counts.forEach((kind, endings) -> {
            long sum = endings.values().stream().mapToLong(Long::longValue).sum();
            String ended = endings.entrySet().stream()
                    .map(entry -> entry.getValue() + " "
                            + (entry.getKey() == TransportEnding.NONE
                                    ? "left open"
                                    : entry.getKey().label()))
                    .collect(Collectors.joining(", "));
            boolean hasEnd = kind == TransportKind.STREAMABLE || kind == TransportKind.LEGACY_SSE;
            kinds.add(sum + " " + kind.label() + (hasEnd ? " (" + ended + ")" : ""));
        });
        return kinds.isEmpty() ? "none" : String.join(", ", kinds);
    }
}
