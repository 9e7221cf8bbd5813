package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;

/**
 * Encodes events and hands them to the writer thread. Confined to one thread at a time, which may be made to wait while
 * the writer's queue is full, so never an event loop. All events of one exchange go through one appender.
 */
public final class CaptureAppender implements AutoCloseable {
    CaptureAppender() {}

    /** Appends an event; those of a small exchange are held back to become one record. Ignored once the writer is closed. */
    public void append(CaptureEvent event) {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Appends the end of an exchange of which the caller lost events. The record says so, and the writer counts the
     * exchange neither as recorded nor as lost: the caller does, in {@link SourceCounts}.
     */
    public void appendIncomplete(ExchangeEnd end) {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Hands over what is encoded, and the exchanges held for too long. To be called every 50 ms or so, and whenever there
     * is nothing else to append.
     *
     * @param nowNanos monotonic time
     */
    public void tick(long nowNanos) {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }

    /** Hands over everything appended so far, exchanges still open too. */
    public void flush() {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }

    /** Flushes; later appends are ignored. */
    @Override
    public void close() {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }
}
