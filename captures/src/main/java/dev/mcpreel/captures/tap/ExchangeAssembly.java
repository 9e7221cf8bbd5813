package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.exchange.RequestHead;
import dev.mcpreel.captures.exchange.ResponseHead;
import dev.mcpreel.captures.redact.MediaType;
import dev.mcpreel.captures.redact.Redaction;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange on the recorder's side of a lane: bytes become whole messages, heads lose their secrets. Made on the
 * event loop, used by one recorder thread only.
 */
final class ExchangeAssembly {
    private final long exchangeId;
    private final long connectionId;
    private @Nullable BodyAssembly request;
    private @Nullable BodyAssembly response;
    private boolean faulty;

    // Written by the event loop once, when its lane had no room for the end.
    private volatile TapItem.@Nullable Whole leftEnd;

    ExchangeAssembly(long exchangeId, long connectionId) {
        this.exchangeId = exchangeId;
        this.connectionId = connectionId;
    }

    /** From the event loop: the end that its lane refused, to be fetched once the lane has been emptied. */
    void leaveEnd(TapItem.Whole end) {
        leftEnd = end;
    }

    TapItem.@Nullable Whole leftEnd() {
        return leftEnd;
    }

    /** The recorder failed on an event of this exchange; its bodies are let go. */
    void fail() {
        faulty = true;
        if (request != null) {
            request.release();
        }
        if (response != null) {
            response.release();
        }
    }

    boolean faulty() {
        return faulty;
    }

    /** Takes an item and passes on the events it completes. */
    void accept(TapItem item, Redaction redaction, AssemblyBudget budget, Consumer<? super ExchangeEvent> sink) {
        if (item instanceof TapItem.Chunk chunk) {
            body(chunk.direction(), redaction, budget, sink)
                    .chunk(chunk.bytes(), chunk.length(), chunk.afterLoss(), chunk.atNanos());
        } else if (item instanceof TapItem.BodyEnd end) {
            body(end.direction(), redaction, budget, sink).end(end.afterLoss(), end.atNanos());
        } else if (item instanceof TapItem.Whole whole) {
            whole(whole.event(), redaction, budget, sink);
        } else {
            throw new AssertionError("unhandled " + item);
        }
    }

    private void whole(
            ExchangeEvent event, Redaction redaction, AssemblyBudget budget, Consumer<? super ExchangeEvent> sink) {
        if (event instanceof RequestHead head) {
            begin(Direction.REQUEST, head.headers(), redaction, budget, sink);
        } else if (event instanceof ResponseHead head) {
            begin(Direction.RESPONSE, head.headers(), redaction, budget, sink);
        } else if (event instanceof ExchangeEnd end) {
            endBodies(end);
        }
        sink.accept(redaction.apply(event));
    }

    /** A body that was cut short still has the bytes that came; the end knows how many there were. */
    private void endBodies(ExchangeEnd end) {
        if (request != null) {
            request.end(request.receivedBytes() < end.requestBytes(), end.atNanos());
        }
        if (response != null) {
            response.end(response.receivedBytes() < end.responseBytes(), end.atNanos());
        }
    }

    private void begin(
            Direction direction,
            Headers headers,
            Redaction redaction,
            AssemblyBudget budget,
            Consumer<? super ExchangeEvent> sink) {
        boolean eventStream = direction == Direction.RESPONSE && isEventStream(headers);
        body(direction, redaction, budget, sink)
                .begin(eventStream, ContentCoding.of(headers), MediaType.of(headers.first("Content-Type")));
    }

    static boolean isEventStream(Headers headers) {
        String type = headers.first("Content-Type");
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private BodyAssembly body(
            Direction direction, Redaction redaction, AssemblyBudget budget, Consumer<? super ExchangeEvent> sink) {
        BodyAssembly body = direction == Direction.REQUEST ? request : response;
        if (body == null) {
            body = new BodyAssembly(exchangeId, connectionId, direction, redaction, budget, sink);
            if (direction == Direction.REQUEST) {
                request = body;
            } else {
                response = body;
            }
        }
        return body;
    }
}
