package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ListCost;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.TransportEnding;
import dev.mcpreel.captures.session.TransportSession;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known of a session as a whole. */
final class WaterfallHead {
    private static final int MOST_NAMED = 8;

    private final ClockAnchor anchor;
    private final Fields fields;

    WaterfallHead(ClockAnchor anchor, int width, boolean colour) {
        this.anchor = anchor;
        this.fields = new Fields(width, colour);
    }

    List<String> of(Waterfall waterfall) {
        AgentSession session = waterfall.session();
        SessionShape shape = session.shape();
        String revision = session.revision().isEmpty() ? "" : ", revision " + session.revision();
        fields.title(
                session.id() + ": " + (session.client().isEmpty() ? "client unknown" : session.client()) + revision);
        fields.field(
                "key",
                session.key().kind().label() + " " + session.key().value() + ", confidence "
                        + session.key().kind().confidence());
        fields.field(session.transports().size() > 1 ? "transports" : "transport", transports(session.transports()));
        Instant start =
                Instant.ofEpochSecond(0, anchor.wallOf(waterfall.startNanos())).truncatedTo(ChronoUnit.MILLIS);
        fields.field("started", start + ", " + Units.brief(session.endNanos() - waterfall.startNanos()) + " long");
        fields.field("calls", calls(shape));
        if (shape.thinkTimes().count() > 0) {
            fields.field(
                    "thinking",
                    Units.brief(shape.thinkNanos()) + " in "
                            + Plural.of(shape.thinkTimes().count(), "pause") + ": median "
                            + Units.brief(shape.thinkTimes().quantile(0.5)) + ", longest "
                            + Units.brief(shape.thinkTimes().max()));
        }
        fields.field("tools/list", lists(shape));
        if (shape.serverRequests() > 0) {
            fields.field("from server", Plural.of(shape.serverRequests(), "request") + " to the agent");
        }
        if (waterfall.pings() > 0) {
            fields.field("pings", waterfall.pings() + ", not shown");
        }
        if (waterfall.instances().size() > 1) {
            fields.field("instances", named(waterfall.instances(), "; "));
        }
        return fields.lines();
    }

    private static String transports(List<TransportSession> transports) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (TransportSession transport : transports) {
            String ending = transport.ending() == TransportEnding.NONE
                    ? ""
                    : ", " + transport.ending().label();
            String shared = transport.agents() > 1 ? ", of " + transport.agents() + " agents" : "";
            alike.computeIfAbsent(transport.kind().label() + ending + shared, words -> new ArrayList<>())
                    .add(transport.id());
        }
        return alike.entrySet().stream()
                .map(entry -> named(entry.getValue(), ", ") + " " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String named(List<String> all, String between) {
        String first = all.stream().limit(MOST_NAMED).collect(Collectors.joining(between));
        return all.size() > MOST_NAMED ? first + between + "and " + (all.size() - MOST_NAMED) + " more" : first;
    }

    private static String calls(SessionShape shape) {
        String outcomes = shape.outcomes().entrySet().stream()
                .map(entry -> entry.getKey().label() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        String calls = shape.calls() == 0
                ? "none"
                : shape.calls() + " (" + outcomes + ") in " + Plural.of(shape.bursts(), "burst") + ", at most "
                        + shape.parallelism() + " in flight";
        return calls + "; " + Plural.of(shape.requests(), "request") + ", " + Plural.of(shape.errors(), "error") + ", "
                + Plural.of(shape.exchanges(), "HTTP exchange")
                + (shape.calls() == 0 ? "" : " (" + Units.number(shape.exchangesPerCall()) + " for each call)");
    }

    private static String lists(SessionShape shape) {
        ListCost lists = shape.lists();
        if (lists.asked() == 0) {
            return shape.calls() == 0 ? "never asked for" : "never asked for: the client knew its tools";
        }
        String repeated = lists.repeated() == 0 ? "" : ", " + lists.repeated() + " of them nothing new";
        return Plural.of(lists.asked(), "request") + repeated + ": " + Plural.of(lists.tools(), "tool") + ", "
                + Units.bytes((double) lists.bytes()) + ", about " + Plural.of(lists.tokens(), "token");
    }
}
