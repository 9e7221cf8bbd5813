package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One live reader of the events on their way to the log, behind redaction, on a thread of its own. It is bounded: a
 * slow reader loses events, counted, and never holds up the log.
 */
public final class LiveSubscription implements AutoCloseable {
    private final BlockingQueue<CaptureEvent> queue;
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
        if (!queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    /** Events the reader was too slow for. Any thread. */
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

    private void run(Consumer<? super CaptureEvent> reader) {
        try {
            while (true) {
                CaptureEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    reader.accept(event);
                } else if (closing) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
