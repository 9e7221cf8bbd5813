package dev.mcpreel.captures.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A window over one file of the log, copied to the heap: a checksum over a mapped page that a truncated file no longer has
 * would kill the process. Bytes beyond the end of the file are not there; holes read as zeros.
 */
final class LogFile implements Closeable {
    static final int WINDOW = 1 << 20;

    private final String name;
    private final FileChannel channel;
    private final byte[] window;
    private long start;
    private int filled;

    /** @param window of {@link #WINDOW} bytes, shared by files read one after the other */
    LogFile(Path file, byte[] window) throws IOException {
        this.name = file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.window = window;
    }

    String name() {
        return name;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Makes the range available in {@link #array()}; false when the file ends before it. */
    boolean load(long position, int length) throws IOException {
        if (position >= start && position + length <= start + filled) {
            return true;
        }
        start = position;
        filled = 0;
        ByteBuffer buffer = ByteBuffer.wrap(window);
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, start + buffer.position());
            if (read < 0) {
                break;
            }
        }
        filled = buffer.position();
        return length <= filled;
    }

    /** Forgets what was read, because a writer may have changed it. */
    void refresh() {
        filled = 0;
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
