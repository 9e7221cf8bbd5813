package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of one capture. Immutable. Durations are in milliseconds.
 *
 * @param caveats what a reader must know before any number, one sentence each; empty when there is nothing to know
 * @param metrics by label, in the order of {@link MetricName}; counters are always there, other metrics only with at
 *     least one sample
 * @param tools by calls, the most called first, then by name
 * @param outcomes those that requests came to which were made, in the order of
 *     {@link dev.mcpreel.captures.exchange.Outcome}
 * @param notSent those of requests never sent, in the same order
 */
public record Summary(
        CaptureInfo capture,
        List<String> caveats,
        Map<String, Metric> metrics,
        List<ToolRow> tools,
        List<OutcomeRow> outcomes,
        List<NotSentRow> notSent,
        SessionNumbers sessions,
        RunInfo run) {
    public Summary {
        caveats = List.copyOf(caveats);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        tools = List.copyOf(tools);
        outcomes = List.copyOf(outcomes);
        notSent = List.copyOf(notSent);
    }

    /**
     * Sums up a capture that was read to its end.
     *
     * @param read what the pass over the log found beside its events
     * @throws IllegalArgumentException when the analysis was made for the other role
     */
    public static Summary of(Manifest manifest, CaptureAnalysis analysis, ReadSummary read) {
        if (manifest.role() != analysis.role()) {
            throw new IllegalArgumentException(
                    "a capture of role " + manifest.role() + " was analysed as " + analysis.role());
        }
        return new SummaryBuilder(manifest, analysis, read).build();
    }

    /**
     * Sums up what was gathered so far, from events that did not come out of a log: those of a run under way.
     *
     * @throws IllegalArgumentException when the analysis was made for the other role
     */
    public static Summary of(Manifest manifest, CaptureAnalysis analysis) {
        // No log was read, so none can lack a record.
        ReadSummary whole =
                new ReadSummary(manifest.counts().records(), manifest.counts().bytes(), 0, 0, 0, List.of(), List.of());
        return of(manifest, analysis, whole);
    }

    /** Whether there was neither an exchange nor a request, sent or not. */
    public boolean isEmpty() {
        return outcomes.isEmpty() && notSent.isEmpty() && httpRequests() == 0;
    }

    private long httpRequests() {
        return metrics.get(MetricName.HTTP_REQS.label()) instanceof Metric.Counter counter ? counter.count() : 0;
    }
}
