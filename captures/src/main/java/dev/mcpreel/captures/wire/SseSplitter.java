package dev.mcpreel.captures.wire;

import dev.mcpreel.captures.exchange.Bytes;
import java.util.Arrays;

/**
 * Cuts the bytes of an event stream into blocks at their blank lines, whatever the line ends are (CR, LF or CRLF) and
 * wherever the reads fell. The blocks joined give back the stream byte for byte. Not thread-safe.
 *
 * <p>A blank line that ends in CR is complete at that CR. A LF right behind it belongs to it when both came in one read;
 * otherwise it stands in front of the next block, where a reader sees an empty line and skips it.
 */
public final class SseSplitter {
    /** Receives what is cut. */
    public interface Sink {
        /**
         * A block is complete.
         *
         * @param firstByteNanos when its first byte came
         * @param nanos when the byte that ended its blank line came
         */
        void block(Bytes block, long firstByteNanos, long nanos);

        /** A block grew over the cap and its bytes are dropped; called once, at its end, with its full length. */
        void oversized(long length, long firstByteNanos, long nanos);
    }

    private final int capBytes;
    private final Sink sink;
    private byte[] buffer = new byte[512];
    private int buffered;
    private long length;
    private long firstByteNanos;
    private boolean lineHasContent;
    private boolean blockHasLine;
    private boolean afterCr;

    /** Starts at the beginning of a stream; a block longer than the cap is counted but not kept. */
    public SseSplitter(int capBytes, Sink sink) {
        this.capBytes = capBytes;
        this.sink = sink;
    }

    /** Takes the next bytes of the stream, all seen at the given time. */
    public void feed(Bytes bytes, long nanos) {
        int from = 0;
        for (int i = 0; i < bytes.length(); i++) {
            if (endsBlock(bytes.at(i))) {
                if (afterCr && i + 1 < bytes.length() && bytes.at(i + 1) == '\n') {
                    afterCr = false;
                    i++;
                }
                keep(bytes, from, i + 1, nanos);
                from = i + 1;
                emit(nanos);
            }
        }
        keep(bytes, from, bytes.length(), nanos);
    }

    /** What stands after the last blank line, and forgets it; empty when the stream ended cleanly. */
    public Bytes tail() {
        Bytes tail = Bytes.copyOf(buffer, 0, buffered);
        reset();
        return tail;
    }

    /** Bytes after the last blank line, also those over the cap. */
    public long tailLength() {
        return length;
    }

    public long tailFirstByteNanos() {
        return firstByteNanos;
    }

    /** Follows the line ends; true at the byte that ends a blank line after at least one line. */
    private boolean endsBlock(byte b) {
        boolean lineEnd;
        if (b == '\n') {
            lineEnd = !afterCr;
            afterCr = false;
        } else if (b == '\r') {
            lineEnd = true;
            afterCr = true;
        } else {
            lineEnd = false;
            afterCr = false;
            lineHasContent = true;
        }
        if (!lineEnd) {
            return false;
        }
        boolean blank = !lineHasContent;
        lineHasContent = false;
        if (!blank) {
            blockHasLine = true;
            return false;
        }
        boolean ends = blockHasLine;
        blockHasLine = false;
        return ends;
    }

    private void keep(Bytes bytes, int from, int to, long nanos) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        if (length == 0) {
            firstByteNanos = nanos;
        }
        length += count;
        if (length > capBytes) {
            buffered = 0;
            return;
        }
        if (buffered + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffered + count, buffer.length * 2));
        }
        bytes.copyTo(from, buffer, buffered, count);
        buffered += count;
    }

    private void emit(long nanos) {
        if (length > capBytes) {
            sink.oversized(length, firstByteNanos, nanos);
        } else {
            sink.block(Bytes.copyOf(buffer, 0, buffered), firstByteNanos, nanos);
        }
        reset();
    }

    private void reset() {
        buffered = 0;
        length = 0;
        if (buffer.length > 64 * 1024) {
            buffer = new byte[512];
        }
    }
}
