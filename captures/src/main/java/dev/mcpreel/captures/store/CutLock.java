package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Held while part of a capture is removed: nobody reads it meanwhile, and nobody else removes. */
final class CutLock implements AutoCloseable {
    private final LockFile file;
    private final FileLock lock;

    private CutLock(LockFile file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Null while the capture is being read, or cut by somebody else. */
    static @Nullable CutLock tryTake(Path folder) throws IOException {
        LockFile file = LockFile.create(folder);
        FileLock lock = null;
        try {
            lock = file.beginCutting();
        } catch (OverlappingFileLockException | NonWritableChannelException e) {
            // Somebody of this process reads it, by another name or from where it may not be written.
        } finally {
            if (lock == null) {
                file.close();
            }
        }
        return lock == null ? null : new CutLock(file, lock);
    }

    /** Whether a living writer, of this process or another, holds the capture. */
    boolean isWritten() throws IOException {
        return file.isWritten();
    }

    @Override
    public void close() throws IOException {
        try {
            file.endCutting(lock);
        } finally {
            file.close();
        }
    }
}
