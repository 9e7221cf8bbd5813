package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.file.Path;

/** Says that a writer is at work on a capture; the operating system takes it back when the writer dies. */
final class FolderLock implements AutoCloseable {
    private final LockFile file;
    private boolean closed;

    private FolderLock(LockFile file) {
        this.file = file;
    }

    /** Writes to the file that is locked, and so learns whether its disk takes writes. */
    void touch() throws IOException {
        file.touch();
    }

    static FolderLock take(Path folder) throws IOException {
        LockFile file = LockFile.create(folder);
        boolean taken = false;
        try {
            taken = file.beginWriting();
        } finally {
            if (!taken) {
                file.close();
            }
        }
        if (!taken) {
            throw new CaptureException(Category.FAILED, folder.resolve(LockFile.NAME) + " is held by another process");
        }
        return new FolderLock(file);
    }

    /** Whether a living writer, of this process or another, holds the capture. */
    static boolean isHeld(Path folder) {
        try (LockFile file = LockFile.existing(folder)) {
            return file != null && file.isWritten();
        } catch (IOException e) {
            // A capture that was copied to where locks do not work has no living writer.
            return false;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                file.endWriting();
            } finally {
                file.close();
            }
        }
    }
}
