package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock file of a capture, open once in this process however many use it: on Linux a process that closes any channel of a
 * file loses all its locks on it. Byte 0 is locked by the writer, byte 1 shared by readers, or alone by whoever removes part of the
 * capture. Other processes see that; within this one it is counted. Thread-safe.
 */
final class LockFile implements AutoCloseable {
    static final String NAME = "capture.lock";

    /** Guards this map, and every field of the values that changes. */
    private static final Map<Path, LockFile> OPEN = new HashMap<>();

    private static final long WRITER = 0;
    private static final long READERS = 1;

    private final Path key;
    private final FileChannel channel;
    private int users;
    private int readers;
    private boolean cut;
    private @Nullable FileLock writeLock;
    private @Nullable FileLock readLock;

    private LockFile(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Opens it, and makes it where it is missing. */
    static LockFile create(Path folder) throws IOException {
        return open(
                folder.toRealPath(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Null where there is none, or it may not be read. */
    static @Nullable LockFile existing(Path folder) {
        try {
            Path key = folder.toRealPath();
            if (!Files.exists(key.resolve(NAME))) {
                return null;
            }
            try {
                return open(key, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            } catch (IOException e) {
                // Of somebody else, or on a disk that is not written to: enough to read.
                return open(key, Set.of(StandardOpenOption.READ));
            }
        } catch (IOException e) {
            return null;
        }
    }

    private static LockFile open(Path key, Set<StandardOpenOption> options) throws IOException {
        synchronized (OPEN) {
            LockFile file = OPEN.get(key);
            if (file == null) {
                file = new LockFile(key, FileChannel.open(key.resolve(NAME), options, Folders.fileAttributes()));
                OPEN.put(key, file);
            }
            file.users++;
            return file;
        }
    }

    /** Writes to the file, and so learns whether its disk takes writes. */
    void touch() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
    }

    /** Takes the writer's place; false when there is one. */
    boolean beginWriting() throws IOException {
        synchronized (OPEN) {
            FileLock lock = writeLock == null ? channel.tryLock(WRITER, 1, false) : null;
            writeLock = lock == null ? writeLock : lock;
            return lock != null;
        }
    }

    void endWriting() throws IOException {
        synchronized (OPEN) {
            FileLock lock = writeLock;
            writeLock = null;
            if (lock != null) {
                lock.release();
            }
        }
    }

    /** Whether a living writer, of this process or another, holds the capture. */
    boolean isWritten() throws IOException {
        synchronized (OPEN) {
            if (writeLock != null) {
                return true;
            }
            try (FileLock shared = channel.tryLock(WRITER, 1, true)) {
                return shared == null;
            } catch (OverlappingFileLockException e) {
                return false;
            }
        }
    }

    /** Keeps the capture whole until {@link #endReading}; false while part of it is being removed. */
    boolean beginReading() throws IOException {
        synchronized (OPEN) {
            if (cut) {
                return false;
            }
            if (readers == 0) {
                readLock = channel.tryLock(READERS, 1, true);
            }
            readers += readLock == null ? 0 : 1;
            return readLock != null;
        }
    }

    void endReading() throws IOException {
        synchronized (OPEN) {
            readers--;
            FileLock lock = readLock;
            if (readers == 0 && lock != null) {
                readLock = null;
                lock.release();
            }
        }
    }

    /** Keeps readers out; null when there are some. */
    @Nullable
    FileLock beginCutting() throws IOException {
        synchronized (OPEN) {
            FileLock lock = cut || readers > 0 ? null : channel.tryLock(READERS, 1, false);
            cut |= lock != null;
            return lock;
        }
    }

    void endCutting(FileLock lock) throws IOException {
        synchronized (OPEN) {
            cut = false;
            lock.release();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(key);
                channel.close();
            }
        }
    }
}
