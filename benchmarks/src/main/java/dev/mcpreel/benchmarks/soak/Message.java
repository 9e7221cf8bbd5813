package dev.mcpreel.benchmarks.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A text with filler in the middle. The filler is the alphabet over and over, begun at a letter that depends on the
 * message's number, so that bytes that are missing, doubled or another message's are noticed. It is never copied.
 */
final class Message {
    private static final int ALPHABET = 26;

    /** The most filler in one piece; a multiple of the alphabet, so each piece begins at the same letter. */
    private static final int PIECE = ALPHABET * 2520;

    private static final ByteBuf LETTERS = letters();

    private final byte[] head;
    private final int firstLetter;
    private final int fillerBytes;
    private final byte[] tail;

    Message(String head, long number, int fillerBytes, String tail) {
        this.head = head.getBytes(StandardCharsets.UTF_8);
        this.firstLetter = (int) (number % ALPHABET);
        this.fillerBytes = fillerBytes;
        this.tail = tail.getBytes(StandardCharsets.UTF_8);
    }

    int length() {
        return head.length + fillerBytes + tail.length;
    }

    /** All of it, in buffers that need no release. */
    List<ByteBuf> pieces() {
        List<ByteBuf> pieces = new ArrayList<>();
        for (int at = 0; at < length(); at += pieces.get(pieces.size() - 1).readableBytes()) {
            pieces.add(pieceAt(at));
        }
        return pieces;
    }

    long crc() {
        CRC32 crc = new CRC32();
        pieces().forEach(piece -> crc.update(piece.nioBuffer()));
        return crc.getValue();
    }

    private ByteBuf pieceAt(int position) {
        if (position < head.length) {
            return Unpooled.wrappedBuffer(head, position, head.length - position);
        }
        int inFiller = position - head.length;
        if (inFiller < fillerBytes) {
            int inPiece = inFiller % PIECE;
            return LETTERS.slice(firstLetter + inPiece, Math.min(PIECE - inPiece, fillerBytes - inFiller));
        }
        int inTail = inFiller - fillerBytes;
        return Unpooled.wrappedBuffer(tail, inTail, tail.length - inTail);
    }

    private static ByteBuf letters() {
        ByteBuf letters = Unpooled.directBuffer(PIECE + ALPHABET);
        for (int i = 0; i < PIECE + ALPHABET; i++) {
            letters.writeByte('a' + i % ALPHABET);
        }
        return Unpooled.unreleasableBuffer(letters);
    }

    /** Compares what arrives with a message. */
    static final class Check {
        private final Message message;
        private int position;
        private boolean wrong;

        Check(Message message) {
            this.message = message;
        }

        void feed(ByteBuf bytes) {
            int at = bytes.readerIndex();
            while (!wrong && at < bytes.writerIndex()) {
                if (position == message.length()) {
                    wrong = true;
                    return;
                }
                ByteBuf expected = message.pieceAt(position);
                int count = Math.min(expected.readableBytes(), bytes.writerIndex() - at);
                wrong = !bytes.nioBuffer(at, count).equals(expected.nioBuffer(expected.readerIndex(), count));
                at += count;
                position += count;
            }
        }

        /** Whether exactly the message arrived. */
        boolean passed() {
            return !wrong && position == message.length();
        }
    }
}
