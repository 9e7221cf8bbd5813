package dev.mcpreel.captures.store;

import java.util.concurrent.TimeUnit;

/**
 * When a log of a capture gives way to the next. Used by the writer thread; which log is being written, and that there is a new
 * one, others may ask.
 */
final class Rolling {
    private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** A document's header and what fills up its last word. */
    private static final int DOCUMENT_BYTES = 8;

    private final long rollBytes;
    private final long rollNanos;
    private long length;
    private long beganNanos;
    /** Not to be tried again before {@code postponedNanos}. */
    private boolean postponed;

    private long postponedNanos;
    private volatile int log = 1;
    private boolean news;

    Rolling(Retention retention) {
        this.rollBytes = retention.rollBytes();
        this.rollNanos = retention.rollNanos();
    }

    boolean isDue(long now) {
        return (length >= rollBytes || now - beganNanos >= rollNanos) && (!postponed || now - postponedNanos >= 0);
    }

    void wrote(int bytes) {
        length += bytes + DOCUMENT_BYTES;
    }

    /** The log of this number is being written from now on, and nothing is in it yet. Those before it are closed. */
    void began(int number, long now) {
        length = 0;
        beganNanos = now;
        postponed = false;
        log = number;
        wake();
    }

    /** There is no next log; the old one goes on for a while. */
    void postpone(long now) {
        postponed = true;
        postponedNanos = now + RETRY_NANOS;
    }

    /** The number of the log being written, which nobody else may touch. Those with a lower one will not be written again. */
    int log() {
        return log;
    }

    synchronized void wake() {
        news = true;
        notifyAll();
    }

    /** Waits for a new log, {@link #wake()}, or so long. */
    synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; !news && left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
        news = false;
    }
}
