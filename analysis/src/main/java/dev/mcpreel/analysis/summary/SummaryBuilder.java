package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.calls.RequestTally;
import dev.mcpreel.analysis.calls.SessionTally;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.store.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns tallies into a summary. Used once. */
final class SummaryBuilder {
    private static final int EXAMPLE_CODES = 3;

    private final Manifest manifest;
    private final CaptureAnalysis analysis;
    private final SessionTally sessions;
    private final long spanNanos;

    SummaryBuilder(Manifest manifest, CaptureAnalysis analysis) {
        this.manifest = manifest;
        this.analysis = analysis;
        this.sessions = analysis.sessions();
        this.spanNanos = analysis.span().nanos();
    }

    Summary build() {
        RunInfo run = Runs.of(manifest, analysis);
        return new Summary(
                CaptureInfo.of(manifest, spanNanos),
                Caveats.of(manifest, run, analysis),
                new MetricCollector(analysis, sessions).collect(),
                tools(),
                outcomes(),
                SessionNumbers.of(sessions),
                run);
    }

    private List<ToolRow> tools() {
        return analysis.calls().tools().entrySet().stream()
                .map(entry -> ToolRow.of(entry.getKey(), entry.getValue(), spanNanos))
                .sorted(Comparator.comparingLong(ToolRow::calls).reversed().thenComparing(ToolRow::tool))
                .toList();
    }

    private List<OutcomeRow> outcomes() {
        RequestTally calls = analysis.calls().calls();
        RequestTally requests = analysis.calls().requests();
        List<OutcomeRow> rows = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (requests.count(outcome) > 0) {
                rows.add(new OutcomeRow(
                        outcome,
                        calls.count(outcome),
                        share(calls.count(outcome), calls.total()),
                        requests.count(outcome),
                        share(requests.count(outcome), requests.total()),
                        requests.codes(outcome, EXAMPLE_CODES)));
            }
        }
        return rows;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
