package dev.mcpreel.captures.store;

import dev.mcpreel.captures.store.CaptureException.Category;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a writer is at work on a capture; the operating system takes it back when the writer dies. Locks of this
 * process are remembered as well: on Linux a process that closes any channel of a file loses its locks on it, so that
 * looking would be enough to lose one.
 */
final class FolderLock implements AutoCloseable {
    static final String FILE = "capture.lock";

    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    private FolderLock(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /** Writes to the file that is locked, and so learns whether its disk takes writes. */
    void touch() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
    }

    static FolderLock take(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Path key = folder.toRealPath();
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Folders.fileAttributes());
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new CaptureException(Category.FAILED, file + " is held by another process");
        }
        OURS.add(key);
        return new FolderLock(key, channel);
    }

    /** Whether a living writer, of this process or another, holds the capture. */
    static boolean isHeld(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (OURS.contains(folder.toRealPath())) {
                return true;
            }
            if (!Files.exists(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return shared == null;
            } catch (OverlappingFileLockException e) {
                return false;
            }
        } catch (IOException e) {
            // A capture that was copied to where locks do not work has no living writer.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        OURS.remove(key);
        channel.close();
    }
}
