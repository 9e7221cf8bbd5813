package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live reader of the events on their way to the log, behind redaction, on a thread of its own. It is bounded in
 * events and in the bytes of bodies: a slow reader loses events, counted, and never holds up the log. An event the
 * reader throws on counts as lost too.
 */
public final class LiveSubscription implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscription.class);

    /** Body bytes that may wait for one reader; one whole message fits. */
    static final long MOST_WAITING_BYTES = BodyAssembly.MESSAGE_CAP_BYTES;

    private final BlockingQueue<CaptureEvent> queue;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread;
    private volatile boolean closing;

    LiveSubscription(String name, int capacity, Consumer<? super CaptureEvent> reader) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = new Thread(() -> run(reader), name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Any recorder thread. */
    void offer(CaptureEvent event) {
        int bytes = bytes(event);
        if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES || !queue.offer(event)) {
            waitingBytes.addAndGet(-bytes);
            lost.incrementAndGet();
        }
    }

    /** Events the reader was too slow for or threw on. Any thread. */
    public long lost() {
        return lost.get();
    }

    /** Lets the reader finish what is queued and ends its thread. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int bytes(CaptureEvent event) {
        return event instanceof BodyPart part ? part.content().length() : 0;
    }

    private void read(Consumer<? super CaptureEvent> reader, CaptureEvent event) {
        try {
            reader.accept(event);
        } catch (RuntimeException | Error e) {
            lost.incrementAndGet();
            if (failed.compareAndSet(false, true)) {
                LOG.warn("a live reader failed on an event: {}", e.toString());
            }
            LOG.debug("a live reader failed", e);
        }
    }

    private void run(Consumer<? super CaptureEvent> reader) {
        try {
            while (true) {
                CaptureEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    waitingBytes.addAndGet(-bytes(event));
                    read(reader, event);
                } else if (closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
