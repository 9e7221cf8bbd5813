package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads one capture, also one that is still being written or was never ended. Not thread-safe. Holds no file open
 * between calls.
 */
public final class CaptureReader {
    private CaptureReader() {}

    /**
     * Opens a capture, or the newest complete one of a store; where none is complete, the newest.
     *
     * @param given a capture's folder or a store
     * @throws CaptureException when there is none, or its manifest cannot be read or is of a newer format
     */
    public static CaptureReader open(Path given) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** The capture's folder. */
    public Path folder() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** Whether a store was given, and the folder chosen out of it. */
    public boolean chosenFromStore() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        return false;
    }

    public Manifest manifest() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** Whether a writer was at work on it when it was opened. */
    public boolean live() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        return false;
    }

    /** Whether it never ended and no writer is at work on it. */
    public boolean interrupted() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        return false;
    }

    /**
     * Hands over every event in log order, in bounded memory; as far as the log went when this was called. Damage is
     * stepped over and told in the summary.
     *
     * @throws CaptureException when a file cannot be read
     */
    public ReadSummary read(Consumer<? super CaptureEvent> sink) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }
}
