package dev.mcpreel.captures.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Values that were secret somewhere, to be found again anywhere. Bounded: what was not met for longest is forgotten.
 * Thread-safe; a value is found by the thread that learnt it at once, by others soon.
 *
 * <p>Each value is filed under eight of its bytes. A search moves a window of eight bytes over the text and asks a filter of bits
 * first, so its cost hardly depends on how many values there are.
 */
final class KnownSecrets {
    static final int LEAST_BYTES = 8;
    static final int MOST_BYTES = 8192;
    private static final int MOST_VALUES = 65_536;
    private static final int MOST_VALUE_BYTES = 8 << 20;
    private static final int MOST_UNDER_ONE_WINDOW = 32;
    private static final int WINDOWS_TRIED = 256;
    private static final int FILTER_BITS = 1 << 21;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Hears of values found. */
    interface Hits {
        void found(int from, int to, String mask);
    }

    /** One spelling of a value, and the eight bytes of it that it is filed under. */
    private static final class Needle {
        private final byte[] value;
        private final int windowAt;
        private final String mask;

        Needle(byte[] value, int windowAt, String mask) {
            this.value = value;
            this.windowAt = windowAt;
            this.mask = mask;
        }

        /** Charges as much as it compares. */
        boolean stands(byte[] bytes, int start, Budget budget) {
            int differs = Arrays.mismatch(bytes, start, start + value.length, value, 0, value.length);
            budget.take(1 + (differs < 0 ? value.length : differs) / Long.BYTES);
            return differs < 0;
        }

        long window() {
            return mixed((long) LONGS.get(value, windowAt));
        }
    }

    private final AtomicLongArray filter = new AtomicLongArray(FILTER_BITS / Long.SIZE);
    private final Map<Long, Needle[]> byWindow = new ConcurrentHashMap<>();
    private final Map<String, Needle> byAge = new LinkedHashMap<>();
    private int heldBytes;
    private int forgotten;

    /**
     * Remembers a value, in the ways it may be written elsewhere, by what it is replaced with.
     *
     * @param told whether a person says that it is a secret, and so may be a word as well
     */
    void learn(byte[] value, String mask, boolean told) {
        if (Guard.mayBeLearnt(value, told)) {
            List<byte[]> spellings = Spellings.of(value);
            synchronized (byAge) {
                spellings.forEach(spelling -> add(spelling, mask));
            }
        }
    }

    boolean isEmpty() {
        return byWindow.isEmpty();
    }

    int size() {
        synchronized (byAge) {
            return byAge.size();
        }
    }

    /** Whether the text is such a value and nothing more. */
    boolean isKnown(byte[] bytes, int from, int to, Budget budget) {
        boolean[] whole = new boolean[1];
        find(bytes, from, to, budget, (start, end, mask) -> whole[0] |= start == from && end == to);
        return whole[0];
    }

    /** Tells where such values stand, in no order; they may overlap. */
    void find(byte[] bytes, int from, int to, Budget budget, Hits hits) {
        for (int at = from; at + Long.BYTES <= to; at++) {
            long window = mixed((long) LONGS.get(bytes, at));
            int bit = bit(window);
            if ((filter.getPlain(bit >>> 6) & (1L << bit)) == 0) {
                continue;
            }
            Needle[] bucket = byWindow.get(window);
            if (bucket != null) {
                for (Needle needle : bucket) {
                    int start = at - needle.windowAt;
                    int end = start + needle.value.length;
                    if (start >= from && end <= to && needle.stands(bytes, start, budget)) {
                        boolean inWord = end - start < Guard.LONG
                                && (WordEdge.joinsBefore(bytes, from, start) || WordEdge.joinsAfter(bytes, end, to));
                        if (!inWord) {
                            hits.found(start, end, needle.mask);
                        }
                    }
                }
            }
        }
    }

    private void add(byte[] value, String mask) {
        String name = new String(value, StandardCharsets.ISO_8859_1);
        Needle old = byAge.remove(name);
        if (old != null) {
            byAge.put(name, old);
            return;
        }
        Needle needle = new Needle(value, window(value), mask);
        Needle[] bucket = byWindow.getOrDefault(needle.window(), new Needle[0]);
        if (bucket.length >= MOST_UNDER_ONE_WINDOW) {
            drop(bucket[0]);
            bucket = byWindow.getOrDefault(needle.window(), new Needle[0]);
        }
        Needle[] longer = Arrays.copyOf(bucket, bucket.length + 1);
        longer[bucket.length] = needle;
        byAge.put(name, needle);
        byWindow.put(needle.window(), longer);
        mark(needle.window());
        heldBytes += value.length;
        Iterator<Needle> oldest = byAge.values().iterator();
        while (byAge.size() > MOST_VALUES || heldBytes > MOST_VALUE_BYTES) {
            drop(oldest.next());
            oldest = byAge.values().iterator();
        }
    }

    /** The window under which the fewest are filed, from the end: many values begin alike, and some end alike. */
    private int window(byte[] value) {
        int last = value.length - Long.BYTES;
        int best = last;
        int fewest = Integer.MAX_VALUE;
        for (int at = last; at >= Math.max(0, last - WINDOWS_TRIED) && fewest > 0; at--) {
            Needle[] bucket = byWindow.get(mixed((long) LONGS.get(value, at)));
            int filed = bucket == null ? 0 : bucket.length;
            if (filed < fewest) {
                fewest = filed;
                best = at;
            }
        }
        return best;
    }

    private void drop(Needle needle) {
        byAge.remove(new String(needle.value, StandardCharsets.ISO_8859_1));
        Needle[] rest = Arrays.stream(byWindow.getOrDefault(needle.window(), new Needle[0]))
                .filter(other -> !other.equals(needle))
                .toArray(Needle[]::new);
        if (rest.length == 0) {
            byWindow.remove(needle.window());
        } else {
            byWindow.put(needle.window(), rest);
        }
        heldBytes -= needle.value.length;
        if (++forgotten >= MOST_VALUES) {
            forgotten = 0;
            renewFilter();
        }
    }

    /** Bits of what was forgotten make the filter useless in time. Bits of what is held stay set throughout. */
    private void renewFilter() {
        long[] fresh = new long[filter.length()];
        for (long window : byWindow.keySet()) {
            int bit = bit(window);
            fresh[bit >>> 6] |= 1L << bit;
        }
        for (int i = 0; i < fresh.length; i++) {
            filter.set(i, fresh[i]);
        }
    }

    private void mark(long window) {
        int bit = bit(window);
        filter.set(bit >>> 6, filter.get(bit >>> 6) | (1L << bit));
    }

    /** One to one. Text as it is differs in few bits, and would crowd into few places of a table. */
    private static long mixed(long window) {
        long product = window * MIX;
        return product ^ (product >>> 32);
    }

    private static int bit(long mixed) {
        return (int) (mixed >>> 43);
    }
}
