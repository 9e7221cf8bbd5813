package dev.mcpreel.captures.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A window over one file of the log, copied to the heap: a checksum over a mapped page that a truncated file no longer has
 * would kill the process. Bytes beyond the end of the file are not there; holes, and pages the disk cannot read, are zeros.
 */
final class LogFile implements Closeable {
    static final int WINDOW = 1 << 20;

    /** What the names of log files end with. */
    static final String FILE = ".cq4";

    private static final int PAGE = 4096;
    private static final int MAX_BAD_PAGES = 10_000;

    /** Where the bytes come from. */
    interface Source extends Closeable {
        int read(ByteBuffer to, long position) throws IOException;

        long size() throws IOException;
    }

    private final String name;
    private final Source source;
    private final byte[] window;
    private final TreeSet<Long> badPages = new TreeSet<>();
    private String badWhy = "";
    private long start;
    private int filled;

    /** @param window of {@link #WINDOW} bytes, shared by files read one after the other */
    LogFile(String name, Source source, byte[] window) {
        this.name = name;
        this.source = source;
        this.window = window;
    }

    /** @throws IOException also when it is no file: a pipe, for one, would be waited for */
    static LogFile open(Path file, byte[] window) throws IOException {
        if (!file.toString().endsWith(FILE)) {
            throw new FileSystemException(file.toString(), null, "it is no folder that can be listed");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is no file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        return new LogFile(name(file), new ChannelSource(channel), window);
    }

    /** As reports name it: with the log it is in. */
    static String name(Path file) {
        int count = file.getNameCount();
        return file.toString().endsWith(FILE) && count > 1
                ? file.getName(count - 2) + "/" + file.getFileName()
                : String.valueOf(file.getFileName());
    }

    /** Why a file that is there could not be opened, in words. */
    static String why(Path file, IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission to read it";
        }
        if (e instanceof NoSuchFileException && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return "it is a link that leads nowhere";
        }
        String reason = e instanceof FileSystemException files ? files.getReason() : e.getMessage();
        return reason == null ? "the file system refused it" : reason;
    }

    String name() {
        return name;
    }

    long size() throws IOException {
        return source.size();
    }

    /** Makes the range available in {@link #array()}; false when the file ends before it. */
    boolean load(long position, int length) throws IOException {
        if (isLoaded(position, length)) {
            return true;
        }
        start = position;
        filled = 0;
        filled = read(0, WINDOW);
        return length <= filled;
    }

    /** As {@link #load}, but reads the range anew: a writer may have changed it. */
    boolean reload(long position, int length) throws IOException {
        if (!isLoaded(position, length)) {
            return load(position, length);
        }
        return read(index(position), length) == length;
    }

    /** Forgets what was read, because a writer may have changed it. */
    void refresh() {
        filled = 0;
    }

    /** A word as it is on the disk now, past the window; 0 where the file has none yet. */
    int peek(long position) throws IOException {
        ByteBuffer word = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (word.hasRemaining() && source.read(word, position + word.position()) > 0) {
            // Until the word is there.
        }
        return word.hasRemaining() ? 0 : word.getInt(0);
    }

    byte[] array() {
        return window;
    }

    /** Where a loaded position lies in {@link #array()}. */
    int index(long position) {
        return (int) (position - start);
    }

    /** End of what is loaded, as an index into {@link #array()}. */
    int limit() {
        return filled;
    }

    int intAt(long position) {
        return Le.i32(window, index(position));
    }

    /** Where pages begin that the disk could not read, in ascending order. */
    SortedSet<Long> badPages() {
        return Collections.unmodifiableSortedSet(badPages);
    }

    String badWhy() {
        return badWhy;
    }

    static int pageBytes() {
        return PAGE;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private boolean isLoaded(long position, int length) {
        return position >= start && position + length <= start + filled;
    }

    /** Reads into the window at an index; returns how many bytes the file has of them. */
    private int read(int index, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(window, index, length);
        while (buffer.hasRemaining()) {
            long position = start + buffer.position();
            int read;
            try {
                read = source.read(buffer, position);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                read = readPage(buffer, position, e);
            }
            if (read < 0) {
                break;
            }
        }
        return buffer.position() - index;
    }

    /** What is left of one page alone, because a longer read failed; zeros when that fails too. */
    private int readPage(ByteBuffer buffer, long position, IOException failure) throws IOException {
        long left = Math.min(PAGE - position % PAGE, source.size() - position);
        int length = (int) Math.min(left, buffer.remaining());
        if (length <= 0) {
            return -1;
        }
        ByteBuffer page = buffer.duplicate().limit(buffer.position() + length);
        try {
            while (page.hasRemaining() && source.read(page, start + page.position()) >= 0) {
                // Until the page is there.
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            Arrays.fill(window, buffer.position(), buffer.position() + length, (byte) 0);
            if (badPages.size() < MAX_BAD_PAGES) {
                badPages.add(position / PAGE * PAGE);
            }
            badWhy = String.valueOf(failure.getMessage());
        }
        buffer.position(buffer.position() + length);
        return length;
    }

    private record ChannelSource(FileChannel channel) implements Source {
        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            return channel.read(to, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
