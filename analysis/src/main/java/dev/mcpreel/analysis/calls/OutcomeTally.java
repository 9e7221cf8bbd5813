package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each outcome came, and with which codes. */
final class OutcomeTally {
    /** A server may invent codes without end; examples need no more than this. */
    private static final int MAX_CODES = 64;

    private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Map<Integer, Long>> codes = new EnumMap<>(Outcome.class);

    void add(Outcome outcome, int code) {
        counts.merge(outcome, 1L, Long::sum);
        if (tells(outcome, code)) {
            Map<Integer, Long> seen = codes.computeIfAbsent(outcome, unused -> new HashMap<>());
            if (seen.size() < MAX_CODES || seen.containsKey(code)) {
                seen.merge(code, 1L, Long::sum);
            }
        }
    }

    long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** The most frequent codes first. */
    List<CodeCount> codes(Outcome outcome, int limit) {
        return codes.getOrDefault(outcome, Map.of()).entrySet().stream()
                .map(entry -> new CodeCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(CodeCount::count).reversed().thenComparingInt(CodeCount::code))
                .limit(limit)
                .toList();
    }

    /** A status that is no failure tells nothing of a failure. */
    private static boolean tells(Outcome outcome, int code) {
        return outcome.isError() && (outcome == Outcome.RPC_ERROR || code >= 400);
    }
}
