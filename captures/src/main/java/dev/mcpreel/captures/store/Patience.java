package dev.mcpreel.captures.store;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the end of a capture waits for its disk: whoever sent the signal counts the seconds. Thread-safe.
 */
final class Patience {
    /** With a disk that answers nothing. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** With one that answers, but slowly. */
    static final long ALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int ENOUGH_LOOKS = 10;

    private final LongSupplier clock;
    private final LongSupplier stalledNanos;
    private long sinceNanos;
    private int silentLooks;
    private boolean begun;

    /**
     * Waits for nothing yet.
     *
     * @param stalledNanos how long the disk has been keeping the writer waiting
     */
    Patience(LongSupplier clock, LongSupplier stalledNanos) {
        this.clock = clock;
        this.stalledNanos = stalledNanos;
    }

    /** The end has begun; said again it changes nothing. */
    synchronized void begin() {
        if (!begun) {
            begun = true;
            sinceNanos = clock.getAsLong();
        }
    }

    /** To be asked again and again: a process that was stopped for a while finds all its threads silent at first. */
    synchronized boolean isOver() {
        silentLooks = stalledNanos.getAsLong() >= SILENCE_NANOS ? silentLooks + 1 : 0;
        return silentLooks >= ENOUGH_LOOKS || waitedNanos() >= ALL_NANOS;
    }

    /** Why, as it follows the disk's name. */
    synchronized String inWords() {
        long silent = stalledNanos.getAsLong();
        return silent >= SILENCE_NANOS
                ? "has not answered for " + TimeUnit.NANOSECONDS.toSeconds(silent) + " s"
                : "is too slow, gave up after " + TimeUnit.NANOSECONDS.toSeconds(waitedNanos()) + " s";
    }

    private long waitedNanos() {
        return begun ? clock.getAsLong() - sinceNanos : 0;
    }
}
