package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.ListCost;
import dev.mcpreel.captures.session.SessionShape;
import dev.mcpreel.captures.session.ToolRun;
import dev.mcpreel.captures.session.TransportSession;
import dev.mcpreel.captures.wire.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Agent sessions for programs; the schema is in docs/LOOKING.md. */
public final class SessionsJson {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int LONGEST_SEQUENCE = 1_000;

    private SessionsJson() {}

    /**
     * An indented array, ended by a line feed.
     *
     * @param anchor ties the capture's times to the wall clock
     */
    public static String render(List<AgentSession> sessions, ClockAnchor anchor) {
        ArrayNode array = Json.mapper().createArrayNode();
        for (AgentSession session : sessions) {
            array.add(of(session, anchor));
        }
        return JsonText.pretty(array);
    }

    /** One session. */
    static ObjectNode of(AgentSession session, ClockAnchor anchor) {
        SessionShape shape = session.shape();
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("id", session.id())
                .put(
                        "start",
                        Instant.ofEpochSecond(0, anchor.wallOf(session.startNanos()))
                                .toString())
                .put("duration_ms", millis(session.endNanos() - session.startNanos()))
                .put("client", session.client())
                .put("revision", session.revision())
                .put("key", session.key().kind().label())
                .put("confidence", session.key().kind().confidence())
                .put("key_value", session.key().value())
                .put("exchanges", shape.exchanges())
                .put("requests", shape.requests())
                .put("calls", shape.calls())
                .put("http_per_call", JsonReport.rounded(shape.exchangesPerCall()));
        ArrayNode transports = node.putArray("transports");
        session.transports().forEach(transport -> add(transports.addObject(), transport));
        ObjectNode outcomes = node.putObject("outcomes");
        shape.outcomes().forEach((outcome, count) -> outcomes.put(outcome.label(), count));
        ArrayNode tools = node.putArray("tools");
        shape.toolCounts()
                .forEach((tool, count) -> tools.addObject().put("name", tool).put("count", count));
        ArrayNode sequence = node.putArray("tool_sequence");
        sequence(shape.tools(), sequence);
        node.put("bursts", shape.bursts())
                .put("largest_burst", shape.largestBurst())
                .put("parallelism", shape.parallelism())
                .put("longest_idle_ms", millis(shape.longestIdleGapNanos()))
                .put("longest_call_ms", millis(shape.longestCallNanos()))
                .put("think_ms", millis(shape.thinkNanos()))
                .put("errors", shape.errors())
                .put("sessions_lost", shape.sessionsLost())
                .put("server_requests", shape.serverRequests())
                .put("listed_from_cache", shape.listedFromCache());
        ListCost lists = shape.lists();
        node.putObject("tools_list")
                .put("asked", lists.asked())
                .put("repeated", lists.repeated())
                .put("tools", lists.tools())
                .put("bytes", lists.bytes())
                .put("tokens", lists.tokens());
        return node;
    }

    private static void add(ObjectNode node, TransportSession transport) {
        node.put("id", transport.id())
                .put("kind", transport.kind().label())
                .put("session_id", transport.sessionId())
                .put("ending", transport.ending().label())
                .put("agents", transport.agents());
    }

    private static void sequence(List<ToolRun> runs, ArrayNode sequence) {
        for (ToolRun run : runs) {
            for (int i = 0; i < run.count() && sequence.size() < LONGEST_SEQUENCE; i++) {
                sequence.add(run.tool());
            }
        }
    }

    private static double millis(long nanos) {
        return JsonReport.rounded(nanos / NANOS_PER_MILLI);
    }
}
