package dev.mcpreel.captures.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file that is written through mapped memory, seen as a file. A full disk refuses a page of mapped memory with an error
 * that comes late, in the wrong place, and after the record it spoilt was thought written; a plain write is refused in the
 * usual way. So the pages are claimed with plain writes first. Confined to the writer thread.
 */
final class ClaimedFile implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;
    /** The word a document begins with. Documents begin at multiples of it. */
    private static final int HEADER = 4;

    /** Claimed at a time; all of it that is not used in the end is a hole no more, and no loss. */
    private static final int STEP_BYTES = 128 << 10;

    private final FileChannel channel;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(STEP_BYTES);
    private long claimedTo;

    private ClaimedFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param end where what is in it ends; all behind it is and stays zeros
     * @throws IOException also when the disk has no room for the pages before the end
     */
    static ClaimedFile open(Path path, long end) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            ClaimedFile file = new ClaimedFile(channel);
            // Tables before the end have pages that were never written.
            file.writeAgain(0, end);
            file.claimedTo = pageAfter(end);
            return file;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Makes sure that pages of mapped memory can be written up to so many bytes behind the end.
     *
     * @param end where what is in the file ends
     */
    void claim(long end, int bytes) throws IOException {
        if (end + bytes <= claimedTo) {
            return;
        }
        long from = Math.max(claimedTo, pageAfter(end));
        long to = pageAfter(end + bytes) + STEP_BYTES;
        while (from < to) {
            zeros.clear().limit((int) Math.min(STEP_BYTES, to - from));
            from += channel.write(zeros, from);
            claimedTo = from;
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was buffered here.
        }
    }

    /**
     * Writes what is there as it is. Holes are then none; and pages the disk once failed to write, which the kernel takes for
     * written from then on, are written with the next {@link #force}.
     */
    void writeAgain(long from, long end) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        for (long at = from / PAGE_BYTES * PAGE_BYTES; at < end; at += PAGE_BYTES) {
            page.clear();
            for (int read = 0; page.hasRemaining() && read >= 0; ) {
                read = channel.read(page, at + page.position());
            }
            page.flip();
            while (page.hasRemaining()) {
                channel.write(page, at + page.position());
            }
        }
    }

    /**
     * Whether a complete document with the given bytes begins in the file, at a position or as far behind it as said. Of a
     * document that is not complete the first word is not its length.
     */
    static boolean holds(Path path, long from, int within, byte[] array, int offset, int length) throws IOException {
        long first = from & -HEADER;
        ByteBuffer bytes = ByteBuffer.allocate(within + length + 2 * HEADER);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, first + bytes.position()) >= 0) {
                // Until it is full or the file ends.
            }
        }
        byte[] read = bytes.array();
        for (int at = 0; at + HEADER + length <= bytes.position(); at += HEADER) {
            int header = Le.i32(read, at);
            boolean fits = header >= length && header < length + HEADER;
            if (fits && Arrays.equals(read, at + HEADER, at + HEADER + length, array, offset, offset + length)) {
                return true;
            }
        }
        return false;
    }

    private static long pageAfter(long position) {
        return (position + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }
}
