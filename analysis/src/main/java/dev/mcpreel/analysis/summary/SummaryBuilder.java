package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CaptureAnalysis;
import dev.mcpreel.analysis.calls.RequestTally;
import dev.mcpreel.analysis.calls.SessionTally;
import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.store.Manifest;
import dev.mcpreel.captures.store.ReadSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Turns tallies into a summary. Used once. */
final class SummaryBuilder {
    private static final int EXAMPLE_CODES = 3;

    private final Manifest manifest;
    private final CaptureAnalysis analysis;
    private final ReadSummary read;
    private final SessionTally sessions;
    private final long spanNanos;

    SummaryBuilder(Manifest manifest, CaptureAnalysis analysis, ReadSummary read) {
        this.manifest = manifest;
        this.analysis = analysis;
        this.read = read;
        this.sessions = analysis.sessions();
        this.spanNanos = analysis.span().nanos();
    }

    Summary build() {
        RunInfo run = Runs.of(manifest, analysis, read);
        return new Summary(
                CaptureInfo.of(manifest, spanNanos),
                Caveats.of(manifest, run, analysis),
                new MetricCollector(analysis, sessions, manifest.replay()).collect(),
                tools(),
                outcomes(),
                notSent(),
                SessionNumbers.of(sessions),
                run);
    }

    private List<ToolRow> tools() {
        return analysis.calls().tools().entrySet().stream()
                .filter(entry -> entry.getValue().made() > 0)
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
                        share(calls.count(outcome), calls.made()),
                        requests.count(outcome),
                        share(requests.count(outcome), requests.made()),
                        requests.codes(outcome, EXAMPLE_CODES)));
            }
        }
        return rows;
    }

    private List<NotSentRow> notSent() {
        RequestTally calls = analysis.calls().calls();
        RequestTally requests = analysis.calls().requests();
        return Arrays.stream(Outcome.values())
                .filter(outcome -> requests.unsent(outcome) > 0)
                .map(outcome -> new NotSentRow(outcome, calls.unsent(outcome), requests.unsent(outcome)))
                .toList();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
