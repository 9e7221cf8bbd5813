package dev.mcpreel.cli;

import dev.mcpreel.captures.tap.TrafficFilter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a recording leaves out on purpose. */
final class FilterOptions {
    @Option(
            names = "--only",
            paramLabel = "RULE",
            description = {
                "Leave out what a RULE of path:GLOB, method:NAME or tool:NAME speaks of and does not match; * stands for"
                        + " anything. Of several of one kind one must match. See docs/RECORD.md"
            })
    private List<String> only = new ArrayList<>();

    @Option(names = "--except", paramLabel = "RULE", description = "Leave out what the RULE matches. May be repeated.")
    private List<String> except = new ArrayList<>();

    /** What they add up to; complains about the first that makes no sense. */
    TrafficFilter filter() {
        return TrafficFilter.of(only, except);
    }
}
