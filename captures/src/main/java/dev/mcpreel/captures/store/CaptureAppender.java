package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.StepRecord;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Encodes events and hands them to the writer thread. Confined to one thread at a time, which may be made to wait while
 * the writer's queue is full, so never an event loop. All events of one exchange go through one appender, in the order
 * they happened.
 */
public final class CaptureAppender implements AutoCloseable {
    /** Records are handed over in frames of about this size, so that the hand-over costs little for each. */
    private static final int FRAME_BYTES = 32 << 10;

    private static final int POOLED_BUFFERS = 256;

    private final FrameQueue queue;
    private final WriterLimits limits;
    private final LongSupplier clock;
    private final EncodeBuffer frame = new EncodeBuffer(2 * FRAME_BYTES);
    private final Records.Output output = new Records.Output(frame, this::handOverWhenFull);
    private final EncodeBuffer item = new EncodeBuffer(1 << 10);
    private final Map<Long, HeldExchange> held = new LinkedHashMap<>();
    private final ArrayDeque<EncodeBuffer> pool = new ArrayDeque<>();
    private boolean closed;

    CaptureAppender(FrameQueue queue, WriterLimits limits, LongSupplier clock) {
        this.queue = queue;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Appends an event; those of a small exchange are held back to become one record. Ignored once the writer is closed.
     */
    public void append(CaptureEvent event) {
        append(event, false);
    }

    /**
     * Appends the end of an exchange of which the caller lost events. The record says so, and the writer counts the
     * exchange neither as recorded nor as lost: the caller does, in {@link SourceCounts}.
     */
    public void appendIncomplete(ExchangeEnd end) {
        append(end, true);
    }

    /**
     * Hands over what is encoded, and the exchanges held for too long. To be called every 50 ms or so, and whenever there
     * is nothing else to append.
     *
     * @param nowNanos monotonic time
     */
    public void tick(long nowNanos) {
        for (Iterator<HeldExchange> eldest = held.values().iterator(); eldest.hasNext(); ) {
            HeldExchange exchange = eldest.next();
            if (nowNanos - exchange.sinceNanos() < limits.coalesceNanos()) {
                break;
            }
            eldest.remove();
            release(exchange);
        }
        handOver();
    }

    /** Hands over everything appended so far, exchanges still open too. */
    public void flush() {
        for (HeldExchange exchange : held.values()) {
            release(exchange);
        }
        held.clear();
        handOver();
    }

    /** Flushes; later appends are ignored. */
    @Override
    public void close() {
        if (!closed) {
            flush();
            closed = true;
        }
    }

    private void append(CaptureEvent event, boolean incomplete) {
        if (closed) {
            return;
        }
        if (!(event instanceof ExchangeEvent exchangeEvent)) {
            writeAlone(event, false);
        } else if (!hold(exchangeEvent, incomplete)) {
            writeAlone(event, incomplete);
        }
    }

    /** Adds the event to its held exchange, which may end it; false when its exchange is not held. */
    private boolean hold(ExchangeEvent event, boolean incomplete) {
        HeldExchange exchange = held.get(event.exchangeId());
        if (exchange == null) {
            if (event.kind() != EventKind.REQUEST_HEAD || limits.coalesceBytes() == 0) {
                return false;
            }
            EncodeBuffer buffer = pool.poll();
            exchange = new HeldExchange(buffer == null ? new EncodeBuffer(1 << 10) : buffer, event, clock.getAsLong());
            held.put(event.exchangeId(), exchange);
        }
        exchange.add(event, incomplete);
        boolean small = exchange.items().length() <= limits.coalesceBytes();
        if (small && event.kind() != EventKind.EXCHANGE_END) {
            return true;
        }
        held.remove(event.exchangeId());
        if (small) {
            Records.writeExchange(output, exchange, incomplete);
            recycle(exchange);
        } else {
            release(exchange);
        }
        return true;
    }

    private void release(HeldExchange exchange) {
        exchange.writeApart(output);
        recycle(exchange);
    }

    private void recycle(HeldExchange exchange) {
        exchange.items().clear();
        if (pool.size() < POOLED_BUFFERS && exchange.items().array().length <= 2 * limits.coalesceBytes()) {
            pool.add(exchange.items());
        }
    }

    private void writeAlone(CaptureEvent event, boolean incomplete) {
        item.clear();
        EventCodec.encode(item, event, 0, incomplete);
        Records.write(output, item, 0, 0, exchangeId(event), connectionId(event));
    }

    private void handOverWhenFull() {
        if (frame.length() >= FRAME_BYTES) {
            handOver();
        }
    }

    private void handOver() {
        if (frame.length() > 0) {
            queue.put(frame.copy());
            frame.clear();
        }
    }

    private static long exchangeId(CaptureEvent event) {
        return event instanceof ExchangeEvent exchange
                ? exchange.exchangeId()
                : event instanceof StepRecord step ? step.exchangeId() : 0;
    }

    private static long connectionId(CaptureEvent event) {
        return event instanceof ExchangeEvent exchange
                ? exchange.connectionId()
                : event instanceof StepRecord step ? step.connectionId() : 0;
    }
}
