package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.Bytes;
import dev.mcpreel.captures.wire.JsonRpcBody;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import dev.mcpreel.captures.wire.SseEvent;
import dev.mcpreel.captures.wire.SseSplitter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON-RPC messages of one response, event by event or as one body. Holds at most {@value #CAP_BYTES} bytes:
 * a longer body or event is counted and not read. Confined to one event loop.
 */
final class BodyReader implements SseSplitter.Sink {
    static final int CAP_BYTES = 8 * 1024 * 1024;

    /** Takes each message with the time it was complete. */
    interface Sink {
        void message(JsonRpcMessage message, long nanos);
    }

    private final Sink sink;
    private final @Nullable SseSplitter events;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private boolean oversized;
    private boolean unreadable;
    private long firstEventNanos;

    BodyReader(boolean eventStream, Sink sink) {
        this.sink = sink;
        this.events = eventStream ? new SseSplitter(CAP_BYTES, this) : null;
    }

    void feed(Bytes bytes, long nanos) {
        if (events != null) {
            events.feed(bytes, nanos);
            return;
        }
        firstEventNanos = firstEventNanos == 0 ? nanos : firstEventNanos;
        if (oversized || body.size() + bytes.length() > CAP_BYTES) {
            oversized = true;
            body.reset();
        } else {
            body.writeBytes(bytes.toByteArray());
        }
    }

    /** The body is whole. What stands behind the last blank line of an event stream is no event. */
    void end(long nanos) {
        if (events != null) {
            return;
        }
        List<JsonRpcMessage> messages = JsonRpcReader.read(body.toByteArray());
        unreadable |= oversized || (messages.isEmpty() && body.size() > 0);
        messages.forEach(message -> sink.message(message, nanos));
    }

    /** When the first event with data, or the first body byte, came; 0 when none did. */
    long firstEventNanos() {
        return firstEventNanos;
    }

    /** Whether something came that is no JSON-RPC, or too long to read. */
    boolean unreadable() {
        return unreadable;
    }

    /** The body so far; empty for an event stream and for a body over the cap. */
    Bytes body() {
        return Bytes.owned(body.toByteArray());
    }

    @Override
    public void block(Bytes block, long firstByteNanos, long nanos) {
        SseEvent event = SseEvent.parse(block);
        if (!event.isMessage()) {
            return;
        }
        firstEventNanos = firstEventNanos == 0 ? nanos : firstEventNanos;
        JsonRpcBody read = JsonRpcReader.event(event);
        unreadable |= read.unreadable() > 0;
        read.messages().forEach(message -> sink.message(message, nanos));
    }

    @Override
    public void oversized(long length, long firstByteNanos, long nanos) {
        unreadable = true;
    }
}
