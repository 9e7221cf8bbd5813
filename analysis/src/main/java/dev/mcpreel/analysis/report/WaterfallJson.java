package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.waterfall.Row;
import dev.mcpreel.analysis.waterfall.Section;
import dev.mcpreel.analysis.waterfall.Waterfall;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One agent session in time, for programs; the schema is in docs/LOOKING.md. */
public final class WaterfallJson {
    private static final double NANOS_PER_MILLI = 1e6;

    private WaterfallJson() {}

    /**
     * An indented object, ended by a line feed.
     *
     * @param anchor ties the capture's times to the wall clock
     */
    public static String render(Waterfall waterfall, ClockAnchor anchor) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.set("session", SessionsJson.of(waterfall.session(), anchor));
        root.set("instances", JsonReport.strings(waterfall.instances()));
        root.put("pings", waterfall.pings());
        ArrayNode sections = root.putArray("sections");
        long origin = waterfall.startNanos();
        waterfall.sections().forEach(section -> add(sections.addObject(), section, origin));
        return JsonText.pretty(root);
    }

    private static void add(ObjectNode node, Section section, long origin) {
        node.put("pause_ms", millis(section.pauseNanos()))
                .put("thinking", section.thinking())
                .put("start_ms", millis(section.startNanos() - origin))
                .put("duration_ms", millis(section.lengthNanos()));
        ArrayNode rows = node.putArray("rows");
        section.rows().forEach(row -> add(rows.addObject(), row, origin));
    }

    private static void add(ObjectNode node, Row row, long origin) {
        node.put("kind", row.kind().label());
        if (row.number() > 0) {
            node.put("call", row.number());
        }
        node.put("label", row.label())
                .put("start_ms", millis(row.startNanos() - origin))
                .put("duration_ms", millis(row.durationNanos()))
                .put("outcome", row.outcome())
                .put("failed", row.failed())
                .put("exchange", row.exchangeId())
                .put("transport", row.transportId())
                .put("instance", row.instance());
        node.set("notes", JsonReport.strings(row.notes()));
        ArrayNode marks = node.putArray("progress_ms");
        row.marks().forEach(mark -> marks.add(millis(mark - origin)));
        ArrayNode waits = node.putArray("waits_for_agent");
        row.waits()
                .forEach(wait -> waits.addObject()
                        .put("start_ms", millis(wait.fromNanos() - origin))
                        .put("duration_ms", millis(wait.toNanos() - wait.fromNanos())));
        node.set("asked", row.content().asked());
        node.set("answered", row.content().answered());
        ArrayNode rows = node.putArray("rows");
        row.rows().forEach(each -> add(rows.addObject(), each, origin));
    }

    private static double millis(long nanos) {
        return JsonReport.rounded(nanos / NANOS_PER_MILLI);
    }
}
