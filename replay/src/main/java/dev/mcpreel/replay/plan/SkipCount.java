package dev.mcpreel.replay.plan;

import dev.mcpreel.replay.bind.Binding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts what a plan leaves out, and finds the option that would play it. */
final class SkipCount {
    /** Stands among the tools to allow for the secrets to tell; no tool has an empty name. */
    private static final String SECRETS = "";

    private record Kind(String name, SkipReason reason) {}

    private static final class Tally {
        private long steps;
        private final Set<String> cures = new TreeSet<>();

        private String flag(ToolPolicy policy) {
            boolean secrets = cures.contains(SECRETS);
            Set<String> tools = new TreeSet<>(cures);
            tools.remove(SECRETS);
            String named = tools.isEmpty() ? "" : "--tools " + policy.with(tools);
            return named + (secrets ? (named.isEmpty() ? "" : " ") + "--secrets FILE" : "");
        }
    }

    private SkipCount() {}

    /** The most frequent first. */
    static List<Skipped> of(List<Script> scripts, ToolPolicy policy) {
        Map<Kind, Tally> tallies = new HashMap<>();
        for (Script script : scripts) {
            List<Set<String>> cures = new ArrayList<>();
            for (Step step : script.steps()) {
                Set<String> cure = cure(step, cures);
                cures.add(cure);
                SkipReason reason = step.skip();
                if (reason != null) {
                    Tally tally = tallies.computeIfAbsent(new Kind(step.name(), reason), kind -> new Tally());
                    tally.steps++;
                    tally.cures.addAll(cure);
                }
            }
        }
        return tallies.entrySet().stream()
                .map(entry -> new Skipped(
                        entry.getKey().name(),
                        entry.getKey().reason(),
                        entry.getValue().steps,
                        entry.getValue().flag(policy)))
                .sorted(Comparator.comparingLong(Skipped::steps)
                        .reversed()
                        .thenComparing(Skipped::name)
                        .thenComparing(Skipped::reason))
                .toList();
    }

    /** The names that must be allowed for the step to be played: its own, and those of the steps it has values from. */
    private static Set<String> cure(Step step, List<Set<String>> before) {
        Set<String> cure = new TreeSet<>();
        SkipReason reason = step.skip();
        if (reason == null) {
            return cure;
        }
        if (reason == SkipReason.REDACTED) {
            cure.add(SECRETS);
        } else if (reason != SkipReason.UNBOUND) {
            cure.add(step.name());
        }
        for (Binding binding : step.bindings()) {
            cure.addAll(before.get(binding.producer()));
        }
        return cure;
    }
}
