package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.captures.session.AgentKey;
import dev.mcpreel.replay.plan.Lacking;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.plan.PlanOptions;
import dev.mcpreel.replay.plan.PlanSummary;
import dev.mcpreel.replay.plan.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan in a sentence. Names from the capture are escaped. */
final class PlanWords {
    private static final int SHOWN = 8;

    private PlanWords() {}

    static String playing(Plan plan, AgentKey key, String target) {
        return "playing " + load(plan) + toldApart(key) + " against " + target + ": " + numbers(plan);
    }

    /** Of a plan that is only looked at. */
    static String wouldPlay(Plan plan, AgentKey key) {
        return "nothing is sent; a replay would play " + load(plan) + toldApart(key) + ": " + numbers(plan);
    }

    /** Another key makes other sessions, so it belongs to what is played. */
    private static String toldApart(AgentKey key) {
        return key.equals(AgentKey.AUTO) ? "" : ", agents told apart by " + TerminalText.escape(key.toString());
    }

    private static String load(Plan plan) {
        PlanOptions options = plan.options();
        PlanSummary summary = plan.summary();
        return options.goesByDuration()
                ? Amounts.count(options.agents(), "agent") + " for " + Amounts.duration(options.durationNanos())
                : Amounts.count(summary.agents(), "agent") + " ("
                        + Amounts.count(plan.scripts().size(), "session") + " x "
                        + Amounts.count(options.copies(), "copy") + ")";
    }

    private static String numbers(Plan plan) {
        PlanOptions options = plan.options();
        PlanSummary summary = plan.summary();
        return String.format(
                Locale.ROOT,
                "%s, %s, about %s, at most %.0f steps/s, %s taken live, speed %s, seed %d",
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

    /** What the agents go without, in a sentence; empty when there is nothing. */
    static Optional<String> lacking(List<Lacking> all, Path folder) {
        List<String> sent = all.stream()
                .filter(one -> one.place() == Lacking.Place.HEADER || one.place() == Lacking.Place.COOKIE)
                .map(one ->
                        (one.place() == Lacking.Place.HEADER ? "header " : "cookie ") + TerminalText.escape(one.at()))
                .distinct()
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("warning: "
                + (all.size() == 1
                        ? "1 value the recorded agents sent is"
                        : all.size() + " values the recorded agents sent are")
                + " in the capture as a hash only and not sent"
                + (sent.isEmpty() ? "" : " (" + String.join(", ", sent) + ")")
                + "; to list what to give with --secrets: mcp-reel replay " + folder + " --dry-run");
    }

    /** The sessions that cannot be played, in a sentence; empty when all can. */
    static Optional<String> leftOut(PlanSummary summary) {
        List<String> ids = summary.beginningUnknown();
        return ids.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "not played: " + Amounts.count(ids.size(), "session") + " ("
                                + ids.stream().limit(SHOWN).collect(Collectors.joining(", "))
                                + (ids.size() > SHOWN ? ", ..." : "")
                                + "): the capture lacks the initialize of their transport session; record from before agents connect");
    }

    static String skipped(Skipped skipped) {
        return TerminalText.escape(skipped.name()) + " (" + Amounts.count(skipped.steps(), "step") + "): "
                + skipped.reason().words() + "; to play it: " + TerminalText.escape(skipped.flag());
    }
}
