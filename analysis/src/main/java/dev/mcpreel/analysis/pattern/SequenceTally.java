package dev.mcpreel.analysis.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts sequences of tools of one length. When there are more different ones than it holds, the rarest half is forgotten;
 * a sequence that comes back counts from 1 again, so counts are then at least what they say.
 */
final class SequenceTally {
    private static final int HELD = 40_000;
    private static final int BITS = 16;

    private final int length;
    private final Map<Long, Long> counts = new HashMap<>();
    private long total;
    private long missedAtMost;

    SequenceTally(int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    /** @param latest numbers of tools in order of start; the last of them are counted, if there are enough */
    void add(List<Integer> latest) {
        if (latest.size() < length) {
            return;
        }
        long key = 0;
        for (int tool : latest.subList(latest.size() - length, latest.size())) {
            key = key << BITS | tool;
        }
        counts.merge(key, 1L, Long::sum);
        total++;
        if (counts.size() > HELD) {
            forgetRare();
        }
    }

    private void forgetRare() {
        long[] sorted =
                counts.values().stream().mapToLong(Long::longValue).sorted().toArray();
        long rare = sorted[sorted.length / 2];
        counts.values().removeIf(count -> count <= rare);
        missedAtMost += rare;
    }

    long total() {
        return total;
    }

    /** By how much a count may be too low; 0 when nothing was forgotten. */
    long missedAtMost() {
        return missedAtMost;
    }

    /** The most common first. */
    List<Sequence> top(int most, ToolNames names) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(entry ->
                        new Sequence(tools(entry.getKey(), names), entry.getValue(), (double) entry.getValue() / total))
                .toList();
    }

    private List<String> tools(long key, ToolNames names) {
        List<String> tools = new ArrayList<>(length);
        for (int i = length - 1; i >= 0; i--) {
            tools.add(names.name((int) (key >>> (i * BITS) & 0xffff)));
        }
        return tools;
    }
}
