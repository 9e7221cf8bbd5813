package dev.mcpreel.proxy.upstream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which session is bound to which instance. Bounded: the session that was idle longest is forgotten. Thread-safe; loops
 * share it in stripes, and a lock is held for one look-up or change of a hash table.
 */
final class SessionTable {
    static final int DEFAULT_CAPACITY = 100_000;

    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    /**
     * An empty table.
     *
     * @param capacity sessions it can hold, rounded up to a multiple of 64
     */
    SessionTable(int capacity) {
        int each = (capacity + STRIPES - 1) / STRIPES;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(each);
        }
    }

    /** Where a session is bound; null when it is not known. */
    @Nullable
    Instance get(Key key) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            return stripe.get(key);
        }
    }

    void put(Key key, Instance instance) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.put(key, instance);
        }
    }

    /**
     * Binds a session anew if it still is where it was thought to be.
     *
     * @param expected null for nowhere
     * @return where it was bound before; the change was made when this is the expected
     */
    @Nullable
    Instance bind(Key key, @Nullable Instance expected, Instance instance) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            Instance before = stripe.get(key);
            if (before == expected) {
                stripe.put(key, instance);
            }
            return before;
        }
    }

    void remove(Key key) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.remove(key);
        }
    }

    /** Forgets a session unless it is bound elsewhere by now. */
    void remove(Key key, Instance instance) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.remove(key, instance);
        }
    }

    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size();
            }
        }
        return size;
    }

    private Stripe stripe(Key key) {
        return stripes[(int) (key.low() & (STRIPES - 1))];
    }

    /** Least recently used first. Guarded by itself. */
    private static final class Stripe extends LinkedHashMap<Key, Instance> {
        private static final long serialVersionUID = 1;

        private final int capacity;

        Stripe(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instance> eldest) {
            return size() > capacity;
        }
    }
}
