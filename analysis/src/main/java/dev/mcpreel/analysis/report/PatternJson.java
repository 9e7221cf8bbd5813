package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.pattern.Listing;
import dev.mcpreel.analysis.pattern.Rhythm;
import dev.mcpreel.analysis.pattern.Sequence;
import dev.mcpreel.analysis.pattern.Timeline;
import dev.mcpreel.analysis.pattern.ToolOrder;
import dev.mcpreel.analysis.pattern.TrafficPattern;
import dev.mcpreel.analysis.pattern.Transitions;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.session.Spread;
import dev.mcpreel.captures.wire.Json;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The traffic pattern of a capture for programs; the schema is in docs/LOOKING.md. */
public final class PatternJson {
    private static final int BUCKETS = 2_000;
    private static final int SEQUENCES = 100;
    private static final int TOOLS = 256;
    private static final double NANOS_PER_MILLI = 1e6;

    private PatternJson() {}

    /**
     * An indented object, ended by a line feed.
     *
     * @param anchor ties the capture's times to the wall clock
     */
    public static String render(TrafficPattern pattern, ClockAnchor anchor) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("sessions", pattern.sessions())
                .put("calls", pattern.calls())
                .put("requests", pattern.requests())
                .put("errors", pattern.errors())
                .put("exchanges", pattern.exchanges())
                .put("other_exchanges", pattern.otherExchanges())
                .put("http_per_call", JsonReport.rounded(pattern.exchangesPerCall()))
                .put("server_requests", pattern.serverRequests())
                .put("sessions_asked_by_server", pattern.askedSessions());
        ObjectNode keys = root.putObject("by_key");
        pattern.keys().forEach((key, count) -> keys.put(key.label(), count));
        root.set("clients", JsonReport.counts(pattern.clients()));
        root.set("revisions", JsonReport.counts(pattern.revisions()));
        ObjectNode transports = root.putObject("transports");
        pattern.transports().counts().forEach((kind, endings) -> {
            ObjectNode node = transports.putObject(kind.label());
            endings.forEach((ending, count) -> node.put(ending.label(), count));
        });
        timeline(root.putObject("calls_over_time"), pattern.timeline().in(BUCKETS), anchor);
        ObjectNode rhythm = root.putObject("rhythm");
        for (Rhythm.Measure measure : Rhythm.Measure.values()) {
            spread(rhythm, measure, pattern.rhythm().of(measure));
        }
        sequences(root.putArray("sequences"), pattern.order());
        transitions(root.putArray("transitions"), pattern.order().transitions(TOOLS));
        listing(root.putObject("listing"), pattern.listing());
        return JsonText.pretty(root);
    }

    private static void timeline(ObjectNode node, Timeline.Buckets buckets, ClockAnchor anchor) {
        node.put(
                        "start",
                        Instant.ofEpochSecond(0, anchor.wallOf(buckets.startNanos()))
                                .toString())
                .put("bucket_ms", JsonReport.rounded(buckets.widthNanos() / NANOS_PER_MILLI))
                .put("peak", buckets.peak())
                .put("peak_per_second", JsonReport.rounded(buckets.peakPerSecond()));
        ArrayNode counts = node.putArray("counts");
        buckets.counts().forEach(counts::add);
    }

    private static void spread(ObjectNode parent, Rhythm.Measure measure, Spread spread) {
        String name = measure.label().replace(' ', '_').toLowerCase(Locale.ROOT);
        ObjectNode node = parent.putObject(measure.isDuration() ? name + "_ms" : name);
        double unit = measure.isDuration() ? NANOS_PER_MILLI : 1;
        node.put("count", spread.count())
                .put("avg", JsonReport.rounded(spread.mean() / unit))
                .put("med", JsonReport.rounded(spread.quantile(0.5) / unit))
                .put("p(90)", JsonReport.rounded(spread.quantile(0.9) / unit))
                .put("p(99)", JsonReport.rounded(spread.quantile(0.99) / unit))
                .put("max", JsonReport.rounded(spread.max() / unit));
        ArrayNode values = node.putArray("values");
        spread.counts()
                .forEach((value, count) -> values.addObject()
                        .put("from", JsonReport.rounded(value / unit))
                        .put("count", count));
    }

    private static void sequences(ArrayNode array, ToolOrder order) {
        for (int length = 2; length <= 4; length++) {
            for (Sequence sequence : order.top(length, SEQUENCES)) {
                ObjectNode node = array.addObject();
                node.set("tools", JsonReport.strings(sequence.tools()));
                node.put("count", sequence.count())
                        .put("share", JsonReport.rounded(sequence.share()))
                        .put("missed_at_most", order.missedAtMost(length));
            }
        }
    }

    private static void transitions(ArrayNode array, Transitions table) {
        for (int row = 0; row < table.from().size(); row++) {
            long sum = table.sum(row);
            for (int column = 0; column < table.to().size(); column++) {
                long count = table.counts().get(row).get(column);
                if (count > 0) {
                    array.addObject()
                            .put("from", table.from().get(row))
                            .put("to", table.to().get(column))
                            .put("count", count)
                            .put("share", JsonReport.rounded((double) count / sum));
                }
            }
        }
    }

    private static void listing(ObjectNode node, Listing listing) {
        node.put("asked", listing.asked())
                .put("repeated", listing.repeated())
                .put("bytes", listing.bytes())
                .put("tokens", listing.tokens())
                .put("median_tokens_per_session", listing.tokensPerSession().quantile(0.5))
                .put("sessions_that_listed", listing.listingSessions())
                .put("sessions_that_called", listing.callingSessions())
                .put("sessions_that_called_without_list", listing.withoutList())
                .put("of_those_covered_by_ttl", listing.coveredByTtl())
                .put("answers_with_ttl", listing.withTtl())
                .put("asked_again_too_early", listing.askedWhileFresh());
    }
}
