package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.session.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Numbers as a row of bars, one cell each. Nothing is a blank; the least of something is seen. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final double NEAR = 2;

    private Sparkline() {}

    /** From 0 to the largest. */
    static String of(List<Long> counts) {
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder line = new StringBuilder();
        for (long count : counts) {
            int level = count == 0 ? 0 : (int) Math.ceil((double) count * BARS.length() / most);
            line.append(count == 0 ? ' ' : BARS.charAt(level - 1));
        }
        return line.toString();
    }

    /**
     * How values are spread, from the smallest to the largest, in steps of equal ratio; of values that lie close together in
     * steps of equal size.
     */
    static String of(Spread spread, int cells) {
        Map<Long, Long> counts = spread.counts();
        if (counts.isEmpty()) {
            return "";
        }
        double least = (double) counts.keySet().iterator().next();
        double most = Math.max((double) spread.max(), least);
        boolean even = most - least < cells || most < NEAR * least;
        long[] bars = new long[even ? (int) Math.min(cells, most - least + 1) : cells];
        counts.forEach((each, count) -> {
            double value = (double) each;
            double place = even
                    ? (value - least) / (most - least + 1)
                    : Math.log((value + 1) / (least + 1)) / Math.log((most + 1) / (least + 1));
            bars[(int) Math.max(0, Math.min(bars.length - 1, place * bars.length))] += count;
        });
        return of(Arrays.stream(bars).boxed().toList());
    }
}
