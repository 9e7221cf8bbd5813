package dev.mcpreel.captures.tap;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The way from one event loop to its recorder thread, bounded in bytes. One thread offers, one polls. A full lane
 * refuses; it never waits, because the traffic must not.
 */
final class Lane {
    /** What an item weighs besides its bytes: the objects that carry it. */
    static final long ITEM_OVERHEAD = 128;

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
    private volatile long failedExchanges;
    private final AtomicLongArray filteredExchanges;

    /** Of what is offered neither yet nor for certain; the event loop's alone. */
    private long heldBytes;

    /** @param filterReasons how many reasons there are to leave an exchange out */
    Lane(int index, long capacityBytes, int filterReasons) {
        this.index = index;
        this.capacityBytes = capacityBytes;
        this.filteredExchanges = new AtomicLongArray(filterReasons);
    }

    int index() {
        return index;
    }

    /** From the event loop only; false when the lane is full. */
    boolean offer(TapItem item) {
        if (!hasRoom(item)) {
            return false;
        }
        add(item);
        return true;
    }

    /** From the event loop only: takes room for what may be offered later; false when the lane is full. */
    boolean hold(TapItem item) {
        if (!hasRoom(item)) {
            return false;
        }
        heldBytes += item.weight() + ITEM_OVERHEAD;
        return true;
    }

    /** From the event loop only: offers what has its room already. */
    void offerHeld(TapItem item) {
        dropHeld(item);
        add(item);
    }

    /** From the event loop only: gives the room back. */
    void dropHeld(TapItem item) {
        heldBytes -= item.weight() + ITEM_OVERHEAD;
    }

    private boolean hasRoom(TapItem item) {
        long room = item.ends() ? capacityBytes : capacityBytes - capacityBytes / ENDING_SHARE;
        return offeredBytes - polledBytes + heldBytes + item.weight() + ITEM_OVERHEAD <= room;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread, see above
    private void add(TapItem item) {
        offeredBytes += item.weight() + ITEM_OVERHEAD;
        items.add(item);
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

    /** From the event loop only: an exchange was left out, by the number of the reason. */
    void filtered(int reason) {
        filteredExchanges.lazySet(reason, filteredExchanges.get(reason) + 1);
    }

    /** From the event loop only: the tap failed on an exchange of which nothing had been lost. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void failed() {
        failedExchanges++;
    }

    long filteredExchanges(int reason) {
        return filteredExchanges.get(reason);
    }

    long failedExchanges() {
        return failedExchanges;
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
