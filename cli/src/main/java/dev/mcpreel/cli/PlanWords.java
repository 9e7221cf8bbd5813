package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.PlanSummary;
import dev.mcpreel.replay.plan.Skipped;
import java.util.Locale;

/** A plan in a sentence. Names from the capture are escaped. */
final class PlanWords {
    private PlanWords() {}

    static String plan(Plan plan, String target) {
        PlanOptions options = plan.options();
        PlanSummary summary = plan.summary();
        String load = options.goesByDuration()
                ? Amounts.count(options.agents(), "agent") + " for " + Amounts.duration(options.durationNanos())
                : Amounts.count(summary.agents(), "agent") + " ("
                        + Amounts.count(plan.scripts().size(), "session") + " x "
                        + Amounts.count(options.copies(), "copy") + ")";
        return String.format(
                Locale.ROOT,
                "playing %s against %s: %s, %s, about %s, at most %.0f steps/s, %s taken live, speed %s, seed %d",
                load,
                target,
                Amounts.count(summary.steps(), "step"),
                Amounts.count(summary.calls(), "call"),
                Amounts.duration(summary.durationNanos()),
                summary.peakStepsPerSecond(),
                Amounts.count(summary.bindings(), "value"),
                options.speed() == Math.rint(options.speed())
                        ? String.valueOf((long) options.speed())
                        : String.valueOf(options.speed()),
                options.seed());
    }

    static String skipped(Skipped skipped) {
        return TerminalText.escape(skipped.name()) + " (" + Amounts.count(skipped.steps(), "step") + "): "
                + skipped.reason().words() + "; to play it: " + TerminalText.escape(skipped.flag());
    }
}
