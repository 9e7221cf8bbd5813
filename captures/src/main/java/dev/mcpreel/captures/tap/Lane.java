package dev.mcpreel.captures.tap;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way from one event loop to its recorder thread, bounded in bytes. One thread offers, one polls. A full lane
 * refuses; it never waits, because the traffic must not.
 */
final class Lane {
    /** What an item weighs besides its bytes: the objects that carry it. */
    private static final long ITEM_OVERHEAD = 128;

    /** One part in so many is kept free for what ends a body or an exchange. */
    private static final int ENDING_SHARE = 16;

    private final Queue<TapItem> items = new ConcurrentLinkedQueue<>();
    private final long capacityBytes;
    private final int index;

    // Each counter has one writing thread, so plain increments of volatile fields lose nothing.
    private volatile long offeredBytes;
    private volatile long polledBytes;
    private volatile long seenExchanges;
    private volatile long lostExchanges;
    private volatile long lostEvents;
    private volatile long lostBytes;
    private volatile long leftEnds;

    Lane(int index, long capacityBytes) {
        this.index = index;
        this.capacityBytes = capacityBytes;
    }

    int index() {
        return index;
    }

    /** From the event loop only; false when the lane is full. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread, see above
    boolean offer(TapItem item) {
        long weight = item.weight() + ITEM_OVERHEAD;
        long room = item.ends() ? capacityBytes : capacityBytes - capacityBytes / ENDING_SHARE;
        if (offeredBytes - polledBytes + weight > room) {
            return false;
        }
        offeredBytes += weight;
        items.add(item);
        return true;
    }

    /** From the recorder thread only. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    @Nullable
    TapItem poll() {
        TapItem item = items.poll();
        if (item != null) {
            polledBytes += item.weight() + ITEM_OVERHEAD;
        }
        return item;
    }

    /** From the recorder thread only: the next item, which stays. */
    @Nullable
    TapItem peek() {
        return items.peek();
    }

    /** From the recorder thread only; what was offered before this was asked is polled when it says yes. */
    boolean isEmpty() {
        return items.isEmpty();
    }

    /** From the event loop only: an exchange's end waits beside the lane, in its assembly. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void left() {
        leftEnds++;
    }

    long leftEnds() {
        return leftEnds;
    }

    /** From the event loop only: an exchange began. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void seen() {
        seenExchanges++;
    }

    /** From the event loop only: an item was refused. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void lost(boolean firstOfExchange, long bytes) {
        if (firstOfExchange) {
            lostExchanges++;
        }
        lostBytes += bytes;
        lostEvents++;
    }

    long seenExchanges() {
        return seenExchanges;
    }

    long lostExchanges() {
        return lostExchanges;
    }

    long lostEvents() {
        return lostEvents;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** Bytes waiting; exact on neither thread, close on both. */
    long depthBytes() {
        return offeredBytes - polledBytes;
    }
}
