package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What log files hold and take of the disk. Looks again only at those that have changed. Not thread-safe. */
final class FileProbe {
    /** Behind the last byte of a file zeros were written, which take room as well: {@link ClaimedFile}. */
    static final int CLAIMED_BYTES = 256 << 10;

    private static final long SETTLED_MILLIS = 2_000;

    private static final class Known {
        private final long size;
        private final FileTime changed;
        private long used = -1;
        private @Nullable FileTally tally;

        Known(BasicFileAttributes file) {
            this.size = file.size();
            this.changed = file.lastModifiedTime();
        }

        boolean isOf(BasicFileAttributes file) {
            return size == file.size() && changed.equals(file.lastModifiedTime());
        }
    }

    private final Map<Path, Known> known = new HashMap<>();
    private final byte[] piece = new byte[64 << 10];

    /**
     * What it takes of the disk, at most. The length of a file says little: it is a multiple of 4 MiB and some, and holes from where it
     * was written to. A file that is gone takes nothing.
     */
    long usedBytes(Path file) throws IOException {
        try {
            Known of = known(file);
            if (of.used < 0) {
                of.used = Math.min(of.size, lastByte(file, of.size) + CLAIMED_BYTES);
            }
            return of.used;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    FileTally tally(Path file) throws IOException {
        Known of = known(file);
        FileTally tally = of.tally;
        if (tally == null) {
            tally = FileTally.of(file);
            of.tally = tally;
        }
        return tally;
    }

    /** Forgets all other files. */
    void keepOnly(Collection<Path> files) {
        known.keySet().retainAll(files);
    }

    private Known known(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Known before = known.get(file);
        if (before != null && before.isOf(now)) {
            return before;
        }
        Known fresh = new Known(now);
        // A change within the same tick of the file system's clock would not be seen.
        if (System.currentTimeMillis() - now.lastModifiedTime().toMillis() > SETTLED_MILLIS) {
            known.put(file, fresh);
        }
        return fresh;
    }

    /** Where the zeros at the end of a file begin. */
    private long lastByte(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            for (long from = size; from > 0; ) {
                int length = (int) Math.min(piece.length, from);
                from -= length;
                ByteBuffer buffer = ByteBuffer.wrap(piece, 0, length);
                while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
                    // Until all of it is there.
                }
                for (int i = buffer.position() - 1; i >= 0; i--) {
                    if (piece[i] != 0) {
                        return from + i + 1;
                    }
                }
            }
        }
        return 0;
    }
}
