package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.redact.SecretHash;
import dev.mcpreel.captures.wire.SseSplitter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bytes of one direction of one exchange together into whole messages: a body, or the events of an event
 * stream. Only a whole message can be redacted, so only whole messages leave. Confined to a recorder thread.
 */
final class BodyAssembly {
    /** A longer message is kept as length and hash only. */
    static final int MESSAGE_CAP_BYTES = 8 * 1024 * 1024;

    private final long exchangeId;
    private final long connectionId;
    private final Direction direction;
    private final SecretHash hash;
    private final Consumer<? super BodyPart> sink;

    private @Nullable SseSplitter events;
    private ContentCoding coding = ContentCoding.NONE;
    private byte[] buffer = new byte[0];
    private int buffered;
    private long length;
    private long firstByteNanos;
    private long lastByteNanos;
    private int index;
    private boolean lost;
    private boolean ended;

    BodyAssembly(
            long exchangeId, long connectionId, Direction direction, SecretHash hash, Consumer<? super BodyPart> sink) {
        this.exchangeId = exchangeId;
        this.connectionId = connectionId;
        this.direction = direction;
        this.hash = hash;
        this.sink = sink;
    }

    /** What the head says of the body to come. */
    void begin(boolean eventStream, ContentCoding contentCoding) {
        coding = contentCoding;
        if (eventStream && contentCoding == ContentCoding.NONE) {
            events = new SseSplitter(MESSAGE_CAP_BYTES, new Events());
        }
    }

    void chunk(Bytes bytes, boolean afterLoss, long nanos) {
        lost |= afterLoss;
        lastByteNanos = nanos;
        if (events != null) {
            events.feed(bytes, nanos);
            return;
        }
        if (length == 0) {
            firstByteNanos = nanos;
        }
        length += bytes.length();
        if (length > MESSAGE_CAP_BYTES) {
            buffer = new byte[0];
            return;
        }
        if (buffered + bytes.length() > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffered + bytes.length(), Math.min(buffer.length * 2, 1 << 20)));
        }
        bytes.copyTo(0, buffer, buffered, bytes.length());
        buffered += bytes.length();
    }

    /** No more bytes will come, whether the body was whole or not. Further calls do nothing. */
    void end(boolean afterLoss, long nanos) {
        if (ended) {
            return;
        }
        ended = true;
        lost |= afterLoss;
        if (events != null) {
            long tailLength = events.tailLength();
            if (tailLength > 0) {
                emit(PartKind.SSE_TAIL, events.tail(), tailLength, events.tailFirstByteNanos(), lastByteNanos);
            }
        } else if (length > 0) {
            emit(PartKind.BODY, Bytes.copyOf(buffer, 0, buffered), length, firstByteNanos, nanos);
        }
        buffer = new byte[0];
    }

    private void emit(PartKind kind, Bytes content, long wireLength, long firstNanos, long nanos) {
        BodyState state = BodyState.WHOLE;
        Bytes kept = content;
        boolean decoded = false;
        if (lost) {
            state = BodyState.LOST_IN_PART;
            lost = false;
        } else if (wireLength > MESSAGE_CAP_BYTES) {
            state = BodyState.TOO_LARGE;
        } else if (coding != ContentCoding.NONE) {
            Bytes plain = coding.decode(content, MESSAGE_CAP_BYTES);
            decoded = plain != null;
            state = decoded ? BodyState.WHOLE : BodyState.UNKNOWN_ENCODING;
            kept = plain != null ? plain : content;
        }
        if (state != BodyState.WHOLE) {
            // Over the cap the bytes are gone and there is nothing to hash.
            kept = wireLength > MESSAGE_CAP_BYTES ? Bytes.EMPTY : Bytes.owned(hash.digest(kept.toByteArray()));
        }
        sink.accept(new BodyPart(
                exchangeId,
                connectionId,
                nanos,
                firstNanos,
                direction,
                kind,
                index++,
                state,
                decoded,
                wireLength,
                kept));
    }

    private final class Events implements SseSplitter.Sink {
        @Override
        public void block(Bytes block, long firstNanos, long nanos) {
            emit(PartKind.SSE_EVENT, block, block.length(), firstNanos, nanos);
        }

        @Override
        public void oversized(long wireLength, long firstNanos, long nanos) {
            emit(PartKind.SSE_EVENT, Bytes.EMPTY, wireLength, firstNanos, nanos);
        }
    }
}
