package dev.mcpreel.analysis.pattern;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Until when each client could do with the lists it got. Of very many clients, the first; of each, the latest stretches. */
final class LastingLists {
    private static final int CLIENTS = 10_000;
    private static final int STRETCHES = 64;

    /** By client, from where to where. */
    private final Map<String, TreeMap<Long, Long>> stretches = new HashMap<>();

    void add(String client, long fromNanos, long untilNanos) {
        if (stretches.size() == CLIENTS && !stretches.containsKey(client)) {
            return;
        }
        TreeMap<Long, Long> own = stretches.computeIfAbsent(client, name -> new TreeMap<>());
        own.merge(fromNanos, untilNanos, Math::max);
        if (own.size() > STRETCHES) {
            own.pollFirstEntry();
        }
    }

    boolean isGood(String client, long atNanos) {
        TreeMap<Long, Long> own = stretches.get(client);
        return own != null && own.headMap(atNanos).values().stream().anyMatch(until -> until > atNanos);
    }
}
