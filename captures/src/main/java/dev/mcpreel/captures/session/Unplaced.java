package dev.mcpreel.captures.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests in flight whose agent session is not known yet, by what will tell: their transport session, or its id. */
final class Unplaced {
    private final Map<Object, Map<Long, OpenExchange>> waiting = new HashMap<>(0);
    private final Map<Long, Object> keys = new HashMap<>(0);

    void add(Object key, OpenExchange exchange) {
        remove(exchange.id());
        keys.put(exchange.id(), key);
        waiting.computeIfAbsent(key, any -> new HashMap<>(1)).put(exchange.id(), exchange);
    }

    /** Its session is known, or it is over. */
    void remove(long exchangeId) {
        Object key = keys.remove(exchangeId);
        Map<Long, OpenExchange> same = key == null ? null : waiting.get(key);
        if (key != null && same != null) {
            same.remove(exchangeId);
            if (same.isEmpty()) {
                waiting.remove(key);
            }
        }
    }

    boolean has(Object key) {
        return waiting.containsKey(key);
    }

    /** Removes and returns those that waited for this. */
    Collection<OpenExchange> take(Object key) {
        Map<Long, OpenExchange> same = waiting.remove(key);
        if (same == null) {
            return List.of();
        }
        keys.keySet().removeAll(same.keySet());
        return same.values();
    }
}
