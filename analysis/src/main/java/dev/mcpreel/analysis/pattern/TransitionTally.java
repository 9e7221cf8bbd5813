package dev.mcpreel.analysis.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts which tool follows which. */
final class TransitionTally {
    private static final int BITS = 16;

    private final Map<Integer, Long> calls = new TreeMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();

    void add(int from, int to) {
        counts.merge(from << BITS | to, 1L, Long::sum);
        if (to != ToolNames.END) {
            calls.merge(to, 1L, Long::sum);
        }
    }

    int tools() {
        return calls.size();
    }

    /** The table of the most called tools, all others as one. */
    Transitions table(int most, ToolNames names) {
        List<Integer> top = calls.entrySet().stream()
                .filter(entry -> entry.getKey() != ToolNames.OTHER)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        boolean others = calls.size() > top.size();
        List<Integer> from = new ArrayList<>(List.of(ToolNames.START));
        from.addAll(top);
        List<Integer> to = new ArrayList<>(top);
        if (others) {
            from.add(ToolNames.OTHER);
            to.add(ToolNames.OTHER);
        }
        to.add(ToolNames.END);
        long[][] sums = new long[from.size()][to.size()];
        counts.forEach((pair, count) -> sums[place(pair >>> BITS, from)][place(pair & 0xffff, to)] += count);
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : sums) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new Transitions(
                from.stream().map(names::name).toList(),
                to.stream().map(names::name).toList(),
                rows);
    }

    private static int place(int tool, List<Integer> places) {
        int place = places.indexOf(tool);
        return place < 0 ? places.indexOf(ToolNames.OTHER) : place;
    }
}
