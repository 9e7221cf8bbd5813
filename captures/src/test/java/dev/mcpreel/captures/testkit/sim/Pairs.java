package dev.mcpreel.captures.testkit.sim;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well a grouping agrees with the truth, over all pairs of things grouped.
 *
 * @param precision of the pairs put together, the share that belong together
 * @param recall of the pairs that belong together, the share put together
 */
public record Pairs(double precision, double recall) {
    /**
     * Compares two groupings of the same things.
     *
     * @param found the group of each thing; things left out are alone
     */
    public static <T> Pairs of(Map<T, String> truth, Map<T, String> found) {
        Map<String, Long> trueSizes = new HashMap<>();
        Map<String, Long> foundSizes = new HashMap<>();
        Map<String, Long> both = new HashMap<>();
        truth.forEach((thing, owner) -> {
            String group = found.getOrDefault(thing, "alone " + thing);
            trueSizes.merge(owner, 1L, Long::sum);
            foundSizes.merge(group, 1L, Long::sum);
            both.merge(owner + "\n" + group, 1L, Long::sum);
        });
        long right = pairs(both);
        long put = pairs(foundSizes);
        long belong = pairs(trueSizes);
        return new Pairs(put == 0 ? 1 : (double) right / put, belong == 0 ? 1 : (double) right / belong);
    }

    private static long pairs(Map<String, Long> sizes) {
        return sizes.values().stream().mapToLong(size -> size * (size - 1) / 2).sum();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f %.2f", precision, recall);
    }
}
