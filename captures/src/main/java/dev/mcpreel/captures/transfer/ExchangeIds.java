package dev.mcpreel.captures.transfer;

import java.util.function.LongConsumer;

/**
 * A set of exchange ids. Recorders count them up, so 64 neighbours share a word: ten million take some five megabytes, and
 * scattered ones 32 bytes each.
 */
final class ExchangeIds {
    private static final int SHIFT = 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] places = new long[8];
    private long[] words = new long[8];
    private int used;
    private long size;

    void add(long id) {
        if (used * 2 >= places.length) {
            grow();
        }
        size += put(id >> SHIFT, 1L << id) ? 1 : 0;
    }

    void addAll(ExchangeIds others) {
        others.forEach(this::add);
    }

    /** Hands over each id once, in no order. */
    void forEach(LongConsumer action) {
        for (int i = 0; i < words.length; i++) {
            for (long left = words[i]; left != 0; left &= left - 1) {
                action.accept((places[i] << SHIFT) + Long.numberOfTrailingZeros(left));
            }
        }
    }

    boolean contains(long id) {
        return (words[slot(id >> SHIFT)] & (1L << id)) != 0;
    }

    long size() {
        return size;
    }

    /** A word of zero means that the slot is free. */
    private boolean put(long place, long bits) {
        int slot = slot(place);
        used += words[slot] == 0 ? 1 : 0;
        places[slot] = place;
        long before = words[slot];
        words[slot] = before | bits;
        return before != words[slot];
    }

    private int slot(long place) {
        int mask = places.length - 1;
        int slot = (int) ((place * MIX) >>> 32) & mask;
        while (words[slot] != 0 && places[slot] != place) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldPlaces = places;
        long[] oldWords = words;
        places = new long[oldPlaces.length * 2];
        words = new long[oldWords.length * 2];
        used = 0;
        for (int i = 0; i < oldWords.length; i++) {
            if (oldWords[i] != 0) {
                put(oldPlaces[i], oldWords[i]);
            }
        }
    }
}
