package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.CaptureInfo;
import dev.mcpreel.analysis.summary.Plural;
import dev.mcpreel.analysis.summary.RunInfo;
import dev.mcpreel.analysis.summary.SessionNumbers;
import dev.mcpreel.analysis.summary.Summary;
import dev.mcpreel.captures.store.ReplayInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The head of a text report: which capture, what is wrong with it, where it came from, how the run went. */
final class HeaderLines {
    private static final int LABEL_WIDTH = 10;

    private final int width;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    HeaderLines(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    List<String> of(Summary summary) {
        CaptureInfo capture = summary.capture();
        String title = TerminalText.escape(capture.id()) + ": " + capture.role() + ", " + ending(capture);
        TerminalText.wrap(title, width).forEach(line -> lines.add(Tone.TITLE.paint(line, colour)));
        summary.caveats().forEach(this::caveat);
        lines.add("");
        field("started", capture.startedAt() + ", " + Units.millis(capture.trafficMillis()) + " of traffic");
        if (summary.run() instanceof RunInfo.Replayed run) {
            replayed(run);
        } else {
            String through = capture.listen().isEmpty() ? "" : " through " + capture.listen();
            field("upstream", String.join(", ", capture.upstreams()) + through);
        }
        Map<String, Long> filtered = summary.run().losses().filtered();
        if (!filtered.isEmpty()) {
            field("filtered", "exchanges left out on purpose: " + counts(filtered));
        }
        sessions(summary.sessions());
        return lines;
    }

    private static String ending(CaptureInfo capture) {
        return capture.ending().equals("open") ? "without an end" : capture.ending();
    }

    private void caveat(String caveat) {
        String mark = "! ";
        for (String line : TerminalText.wrap(TerminalText.escape(caveat), width - mark.length())) {
            lines.add(Tone.WARNING.paint(mark + line, colour));
            mark = "  ";
        }
    }

    private void replayed(RunInfo.Replayed run) {
        ReplayInfo plan = run.plan();
        if (plan != null) {
            field(
                    "replayed",
                    plan.source() + " (" + Plural.of(plan.recordedCalls(), "call") + ") against " + plan.target());
            String copies =
                    plan.copies() == 0 ? "" : ", " + Plural.of(plan.copies(), "copy", "copies") + " of each session";
            field(
                    "agents",
                    plan.agents() + copies + "; speed " + Units.number(plan.speed()) + ", tools " + plan.tools()
                            + ", seed " + plan.seed());
            field("plan", Plural.of(plan.plannedSteps(), "step") + ", digest " + plan.planDigest());
            if (plan.skippedSteps() > 0) {
                field(
                        "left out",
                        Plural.of(plan.skippedSteps(), "step") + " of tools that --tools " + plan.tools()
                                + " does not play; --tools all plays them");
            }
        }
        field("run", (run.valid() ? "valid" : "NOT VALID") + "; " + sent(run));
        RunInfo.Lateness late = run.lateness();
        if (late != null) {
            field(
                    "lateness",
                    "p(50)=" + Units.millis(late.p50()) + " p(95)=" + Units.millis(late.p95()) + " p(99)="
                            + Units.millis(late.p99()) + " max=" + Units.millis(late.max()));
        }
        RunInfo.Machine machine = run.machine();
        if (machine.samples() > 0) {
            field(
                    "machine",
                    "at most " + Units.number(machine.peakProcessCpu()) + " cores used here, "
                            + Units.number(100 * machine.peakMachineCpu()) + "% of the machine busy; longest stall "
                            + Units.millis(machine.longestStallMillis()));
        }
    }

    private static String sent(RunInfo.Replayed run) {
        String skipped = run.skippedSteps() == 0 ? "" : ", " + run.skippedSteps() + " skipped";
        return run.dueSteps() == 0
                ? "no step was due" + skipped
                : run.sentSteps() + " of " + run.dueSteps() + " due steps sent ("
                        + Units.percent(run.sentSteps(), run.dueSteps()) + ")" + skipped;
    }

    private void sessions(SessionNumbers sessions) {
        SessionNumbers.CallsPerSession calls = sessions.calls();
        if (calls == null) {
            field("sessions", "none");
            return;
        }
        field(
                "sessions",
                sessions.count() + ", by key: " + counts(sessions.byKey()) + "; calls in each avg="
                        + Units.number(calls.avg()) + " med=" + Units.number(calls.med()) + " max=" + calls.max() + "; "
                        + sessions.lost() + " lost");
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private void field(String label, String text) {
        String start = Tone.QUIET.paint(TerminalText.padRight(label, LABEL_WIDTH), colour);
        for (String line : TerminalText.wrap(TerminalText.escape(text), width - LABEL_WIDTH)) {
            lines.add(start + line);
            start = " ".repeat(LABEL_WIDTH);
        }
    }
}
