package dev.mcpreel.proxy.rewrite;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the first event of an event stream, byte by byte as they come, with any line ends, and judges whether it is
 * the {@code endpoint} event of the HTTP+SSE transport (specification revision 2024-11-05). A byte order mark, comments,
 * blank lines and blocks without data, of which no event comes, stand before it. Keeps at most {@value #BOUND} bytes of a
 * block; a longer one is no endpoint event. Not thread-safe.
 */
final class FirstEvent {
    static final int BOUND = 8192;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private enum State {
        /** Within what may be a byte order mark. */
        MARK,
        /** Before a line that may begin a block. */
        BETWEEN,
        COMMENT,
        BLOCK,
        DECIDED
    }

    private State state = State.MARK;
    private byte[] block = new byte[256];
    private int length;
    private boolean lineHasContent;
    private boolean afterCr;
    private @Nullable LocatedText endpoint;

    /**
     * Reads on from the buffer's reader index, which stays where it is.
     *
     * @return how many bytes were read: all, or those up to where it was decided
     */
    int feed(ByteBuf bytes) {
        int from = bytes.readerIndex();
        for (int i = from; i < bytes.writerIndex(); i++) {
            if (state == State.DECIDED) {
                return i - from;
            }
            take(bytes.getByte(i));
        }
        return bytes.readableBytes();
    }

    private void take(byte b) {
        switch (state) {
            case MARK -> takeMark(b);
            case BETWEEN -> takeBetween(b);
            case COMMENT -> state = isLineEnd(b) ? State.BETWEEN : State.COMMENT;
            case BLOCK -> takeBlock(b);
            case DECIDED -> {}
        }
    }

    private void takeMark(byte b) {
        if (b == MARK[length]) {
            keep(b);
            if (length == MARK.length) {
                begin();
            }
        } else if (length > 0) {
            lineHasContent = true;
            state = State.BLOCK;
            takeBlock(b);
        } else {
            begin();
            takeBetween(b);
        }
    }

    private void takeBetween(byte b) {
        if (b == ':') {
            state = State.COMMENT;
        } else if (!isLineEnd(b)) {
            state = State.BLOCK;
            takeBlock(b);
        }
    }

    private void takeBlock(byte b) {
        if (length == BOUND) {
            state = State.DECIDED;
            return;
        }
        keep(b);
        boolean secondHalf = b == '\n' && afterCr;
        afterCr = b == '\r';
        if (!isLineEnd(b)) {
            lineHasContent = true;
        } else if (lineHasContent) {
            lineHasContent = false;
        } else if (!secondHalf) {
            judge();
        }
    }

    private void judge() {
        EventBlock event = EventBlock.of(block, length);
        if (!event.hasData()) {
            begin();
        } else {
            endpoint = event.isNamed("endpoint") ? event.data() : null;
            state = State.DECIDED;
        }
    }

    private void begin() {
        state = State.BETWEEN;
        length = 0;
        lineHasContent = false;
        afterCr = false;
    }

    private void keep(byte b) {
        if (length == block.length) {
            block = Arrays.copyOf(block, block.length * 2);
        }
        block[length++] = b;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    boolean isDecided() {
        return state == State.DECIDED;
    }

    /** The event's data when it is decided that it is an endpoint event; offsets are in {@link #block()}. */
    @Nullable
    LocatedText endpoint() {
        return endpoint;
    }

    /** How many of the last bytes belong to a block that has begun, or is the event itself. */
    int blockLength() {
        return length;
    }

    byte[] block() {
        return Arrays.copyOf(block, length);
    }
}
