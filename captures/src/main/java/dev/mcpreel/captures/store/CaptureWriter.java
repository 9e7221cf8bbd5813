package dev.mcpreel.captures.store;

import java.nio.file.Path;

/**
 * Writes one capture. Thread-safe; one thread of its own, {@code capture-writer}, does all the writing. Once created it
 * never throws for want of disk: what cannot be written is dropped and counted, see {@link #status()}.
 */
public final class CaptureWriter implements AutoCloseable {
    private CaptureWriter() {}

    /**
     * Makes the run's folder in the store, writes its manifest and starts the writer thread.
     *
     * @param storeDir created when missing
     * @throws CaptureException when the folder or the log cannot be made
     */
    public static CaptureWriter create(Path storeDir, ManifestSeed seed, WriterOptions options) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** The run's folder. */
    public Path folder() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** The manifest as it stands on disk. */
    public Manifest manifest() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** A handle for one thread; any number of them. */
    public CaptureAppender newAppender() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** How it does, at most one sync interval old. */
    public WriterStatus status() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** The last durable record, -1 before the first. */
    public long syncedSeq() {
        if (true) {
            throw new UnsupportedOperationException();
        }
        return 0;
    }

    /** Replaces what the manifest says of the replay, on disk at once. */
    public void replay(ReplayInfo info) {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }

    /**
     * Ends the capture: flushes the appenders, whose threads must be done with them, drains, syncs, writes the manifest
     * and lets go of the folder. A second call returns the same manifest.
     *
     * @throws CaptureException when the manifest cannot be written; the log is then closed all the same
     */
    public Manifest close(Ending how, SourceCounts source) {
        if (true) {
            throw new UnsupportedOperationException();
        }
        throw new IllegalStateException();
    }

    /** Lets go without an ending, so that the capture reads as interrupted; does nothing after {@link #close(Ending, SourceCounts)}. */
    @Override
    public void close() {
        if (true) {
            throw new UnsupportedOperationException();
        }
    }
}
