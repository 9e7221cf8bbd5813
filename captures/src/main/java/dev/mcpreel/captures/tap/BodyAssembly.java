package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.BodyState;
import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.PartKind;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.OverBudgetException;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.wire.SseSplitter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bytes of one direction of one exchange together into whole messages: a body, or the events of an event
 * stream. Only a whole message can be redacted, so only whole messages leave. Confined to a recorder thread.
 */
final class BodyAssembly {
    /** A longer message is kept as its length only. */
    static final int MESSAGE_CAP_BYTES = 8 * 1024 * 1024;

    private final long exchangeId;
    private final long connectionId;
    private final Direction direction;
    private final Redaction redaction;
    private final Consumer<? super BodyPart> sink;

    private final AssemblyBudget budget;
    private final Pieces pieces;

    private @Nullable StreamAssembly events;
    private ContentCoding coding = ContentCoding.NONE;
    private MediaType type = MediaType.TEXT;
    private long length;
    private long receivedBytes;
    private long firstByteNanos;
    private long lastByteNanos;
    private int index;
    private boolean begun;
    private boolean dropped;
    private boolean lost;
    private boolean ended;

    BodyAssembly(
            long exchangeId,
            long connectionId,
            Direction direction,
            Redaction redaction,
            AssemblyBudget budget,
            Consumer<? super BodyPart> sink) {
        this.exchangeId = exchangeId;
        this.connectionId = connectionId;
        this.direction = direction;
        this.redaction = redaction;
        this.budget = budget;
        this.pieces = new Pieces(budget);
        this.sink = sink;
    }

    /** What the head says of the body to come; without it nobody knows what the bytes are, and none are kept. */
    void begin(boolean eventStream, ContentCoding contentCoding, MediaType mediaType) {
        begun = true;
        coding = contentCoding;
        type = mediaType;
        if (eventStream && contentCoding == ContentCoding.NONE) {
            events = new StreamAssembly(budget, new Events());
        }
    }

    void chunk(Bytes bytes, boolean afterLoss, long nanos) {
        chunk(bytes, bytes.length(), afterLoss, nanos);
    }

    /** @param byteCount how many came; the bytes are empty when the body is known to be too long to keep */
    void chunk(Bytes bytes, int byteCount, boolean afterLoss, long nanos) {
        lost |= afterLoss;
        receivedBytes += byteCount;
        lastByteNanos = nanos;
        if (events != null) {
            events.feed(bytes, nanos);
            return;
        }
        if (length == 0) {
            firstByteNanos = nanos;
        }
        length += byteCount;
        if (dropped || bytes.length() < byteCount || length > MESSAGE_CAP_BYTES || !pieces.add(bytes)) {
            dropped = true;
            pieces.clear();
        }
    }

    /** Bytes that came, kept or not. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** Lets go of the bytes at hand. */
    void release() {
        pieces.clear();
        if (events != null) {
            events.release();
        }
    }

    /** No more bytes will come, whether the body was whole or not. Further calls do nothing. */
    void end(boolean afterLoss, long nanos) {
        if (ended) {
            return;
        }
        ended = true;
        lost |= afterLoss;
        if (events != null) {
            SseSplitter rest = events.splitter();
            long tailLength = rest.tailLength();
            if (tailLength > 0) {
                boolean gone = events.counting() || tailLength > MESSAGE_CAP_BYTES;
                long firstNanos = rest.tailFirstByteNanos();
                emit(PartKind.SSE_TAIL, gone ? null : rest.tail(), tailLength, firstNanos, lastByteNanos);
            }
        } else if (length > 0) {
            Bytes content = dropped ? null : pieces.whole();
            emit(PartKind.BODY, content, length, firstByteNanos, nanos);
        }
        release();
    }

    /** Content that was too much to keep is null. */
    private void emit(PartKind kind, @Nullable Bytes content, long wireLength, long firstNanos, long nanos) {
        BodyState state = BodyState.WHOLE;
        Bytes kept = content == null ? Bytes.EMPTY : content;
        boolean decoded = false;
        if (lost || !begun) {
            state = BodyState.LOST_IN_PART;
            lost = false;
        } else if (content == null) {
            state = BodyState.TOO_LARGE;
        } else {
            ContentCoding real = coding(kind, content);
            Bytes plain = real == ContentCoding.NONE ? content : real.decode(content, MESSAGE_CAP_BYTES);
            decoded = real != ContentCoding.NONE && plain != null;
            try {
                Bytes redacted = plain == null ? null : redacted(kind, plain);
                state = redacted == null ? BodyState.UNKNOWN_ENCODING : BodyState.WHOLE;
                kept = redacted == null ? content : redacted;
            } catch (OverBudgetException e) {
                state = BodyState.OMITTED;
            }
        }
        if (state != BodyState.WHOLE && content != null) {
            kept = Bytes.owned(redaction.hash().digest(content.toByteArray()));
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

    /** A stream whose first bytes look coded cannot be told apart from its middle: none of it can be searched. */
    private ContentCoding coding(PartKind kind, Bytes content) {
        if (kind != PartKind.BODY && index == 0 && ContentCoding.looksLikeGzip(content)) {
            coding = ContentCoding.OTHER;
        }
        return kind == PartKind.BODY ? coding.orAsItLooks(content) : coding;
    }

    private @Nullable Bytes redacted(PartKind kind, Bytes plain) {
        return switch (kind) {
            case BODY -> redaction.body(plain, type);
            case SSE_EVENT, SSE_TAIL -> type == MediaType.UNREADABLE ? null : redaction.event(plain);
        };
    }

    private final class Events implements SseSplitter.Sink {
        @Override
        public void block(Bytes block, long firstNanos, long nanos) {
            emit(PartKind.SSE_EVENT, block, block.length(), firstNanos, nanos);
        }

        @Override
        public void oversized(long wireLength, long firstNanos, long nanos) {
            emit(PartKind.SSE_EVENT, null, wireLength, firstNanos, nanos);
        }
    }
}
