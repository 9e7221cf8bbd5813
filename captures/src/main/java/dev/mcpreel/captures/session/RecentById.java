package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.RpcId;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Things that came under a JSON-RPC id and wait for what they belong to; the oldest are dropped beyond a bound. */
final class RecentById<T> {
    private static final int LIMIT = 256;

    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>(0);

    void add(RpcId id, long atNanos, T value) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry<>(id, atNanos, value));
    }

    /** Removes and returns the first one with the id that came in the span, bounds included; null when there is none. */
    @Nullable
    T take(RpcId id, long fromNanos, long toNanos) {
        for (Iterator<Entry<T>> i = entries.iterator(); i.hasNext(); ) {
            Entry<T> entry = i.next();
            if (entry.id.equals(id) && entry.atNanos >= fromNanos && entry.atNanos <= toNanos) {
                i.remove();
                return entry.value;
            }
        }
        return null;
    }

    void clear() {
        entries.clear();
    }

    private record Entry<T>(RpcId id, long atNanos, T value) {}
}
