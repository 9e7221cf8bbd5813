package dev.mcpreel.analysis.pattern;

import java.util.List;

/**
 * Tools that were called one after the other in one session.
 *
 * @param tools in order of start
 * @param count how often
 * @param share of all sequences of this length, from 0 to 1
 */
public record Sequence(List<String> tools, long count, double share) {
    public Sequence {
        tools = List.copyOf(tools);
    }
}
