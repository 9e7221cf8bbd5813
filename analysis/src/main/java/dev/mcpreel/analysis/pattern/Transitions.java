package dev.mcpreel.analysis.pattern;

import java.util.List;

/**
 * Which tool follows which, in a session and in order of start.
 *
 * @param from {@link #START}, tools by the number of their calls, then {@link #OTHER} if there are more
 * @param to the same tools, {@link #OTHER} likewise, then {@link #END}
 * @param counts a row for each of {@code from}, a column for each of {@code to}
 */
public record Transitions(List<String> from, List<String> to, List<List<Long>> counts) {
    /** Before the first call of a session. */
    public static final String START = "START";

    /** After its last. */
    public static final String END = "END";

    /** All tools that have no row of their own. */
    public static final String OTHER = "(other tools)";

    public Transitions {
        from = List.copyOf(from);
        to = List.copyOf(to);
        counts = counts.stream().map(List::copyOf).toList();
    }

    /** How often something followed this. */
    public long sum(int row) {
        return counts.get(row).stream().mapToLong(Long::longValue).sum();
    }
}
