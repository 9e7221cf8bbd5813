package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.TerminalText;
import dev.mcpreel.replay.plan.Lacking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values a replay needs and the capture has only as hashes, in the form of a file for {@code --secrets}. */
final class NeedsText {
    private NeedsText() {}

    /** One line for each place a value stood in, then the line to fill in. */
    static List<String> of(List<Lacking> lacking) {
        if (lacking.isEmpty()) {
            return List.of("# Nothing is needed: every value is recorded in clear, taken live, or given.");
        }
        Map<String, List<Lacking>> places = new LinkedHashMap<>();
        lacking.forEach(one ->
                places.computeIfAbsent(one.mask(), mask -> new ArrayList<>()).add(one));
        List<String> lines = new ArrayList<>();
        lines.add("# " + Amounts.count(places.size(), "value")
                + " the capture holds only as a hash. Fill in what the target");
        lines.add("# wants, in clear or as ${env:NAME}; leave the rest empty. Then: --secrets FILE");
        places.forEach((mask, ones) -> {
            lines.add("");
            ones.forEach(one -> lines.add("# " + place(one)));
            lines.add(mask + "=");
        });
        return lines;
    }

    private static String place(Lacking one) {
        String at = TerminalText.escape(one.at());
        return switch (one.place()) {
            case HEADER -> "header " + at + ", " + Amounts.count(one.uses(), "session");
            case COOKIE -> "cookie " + at + ", " + Amounts.count(one.uses(), "session");
            case MESSAGE -> at + ", " + Amounts.count(one.uses(), "step") + " not played without it";
            case ANSWER -> "the answer to " + at + ", " + Amounts.count(one.uses(), "time") + "; an error without it";
        };
    }
}
