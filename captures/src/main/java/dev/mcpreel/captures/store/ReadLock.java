package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Keeps a capture from being cut while it is read. Any number of readers, of any process, hold it together. */
final class ReadLock implements AutoCloseable {
    /** Removing takes far less; what holds the lock for longer is not to be waited for. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final @Nullable LockFile file;

    private ReadLock(@Nullable LockFile file) {
        this.file = file;
    }

    /**
     * Waits while part of the capture is being removed. Never fails: where a lock cannot be had, in a capture without lock file or
     * on a file system that knows none, the capture is read without.
     */
    static ReadLock take(Path folder) {
        LockFile file = LockFile.existing(folder);
        if (file == null) {
            return new ReadLock(null);
        }
        boolean held = false;
        try {
            held = await(file);
        } catch (IOException e) {
            // Read without it.
        } finally {
            if (!held) {
                close(file);
            }
        }
        return new ReadLock(held ? file : null);
    }

    private static boolean await(LockFile file) throws IOException {
        long since = System.nanoTime();
        while (!file.beginReading()) {
            if (System.nanoTime() - since > LONGEST_WAIT_NANOS
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private static void close(LockFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing was written through it.
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.endReading();
            } catch (IOException e) {
                // It goes with the file below.
            }
            close(file);
        }
    }
}
