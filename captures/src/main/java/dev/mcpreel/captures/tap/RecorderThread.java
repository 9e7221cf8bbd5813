package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.redact.HeaderRedaction;
import dev.mcpreel.captures.store.CaptureAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties its lanes: puts messages together, redacts, and appends to the log, off the event loops. It sleeps a little
 * when there is nothing, so that no event loop ever pays for waking it.
 */
final class RecorderThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecorderThread.class);
    private static final int ITEMS_PER_LANE = 256;
    private static final int MOST_FAULTS = 100_000;
    private static final long SHORTEST_NAP_NANOS = 200_000;
    private static final long LONGEST_NAP_NANOS = 5_000_000;

    private final CaptureAppender appender;
    private final HeaderRedaction redaction;
    private final @Nullable StepLane steps;
    private final List<LiveSubscription> subscriptions;
    private final LongSupplier nanoTime;
    private final List<LaneReader> lanes = new CopyOnWriteArrayList<>();
    private int faults;
    private volatile boolean closing;

    RecorderThread(
            CaptureAppender appender,
            HeaderRedaction redaction,
            @Nullable StepLane steps,
            List<LiveSubscription> subscriptions,
            LongSupplier nanoTime) {
        this.appender = appender;
        this.redaction = redaction;
        this.steps = steps;
        this.subscriptions = subscriptions;
        this.nanoTime = nanoTime;
    }

    /** Any thread. */
    void add(Lane lane) {
        lanes.add(new LaneReader(lane));
    }

    /** Ends the thread once every lane is empty. Any thread; the loops must have stopped offering. */
    void finish() {
        closing = true;
    }

    @Override
    public void run() {
        long nap = SHORTEST_NAP_NANOS;
        while (true) {
            boolean last = closing;
            boolean busy = drain();
            if (busy) {
                nap = SHORTEST_NAP_NANOS;
            } else if (last) {
                appender.close();
                return;
            } else {
                LockSupport.parkNanos(nap);
                nap = Math.min(nap * 2, LONGEST_NAP_NANOS);
            }
        }
    }

    /** A fault of ours must not end the recording in silence: what it cost is told, and the next item is taken. */
    private boolean drain() {
        try {
            boolean busy = drainAll();
            appender.tick(nanoTime.getAsLong());
            return busy;
        } catch (RuntimeException e) {
            LOG.error("the recorder could not record an event", e);
            return ++faults < MOST_FAULTS;
        }
    }

    private boolean drainAll() {
        boolean busy = drainSteps();
        for (LaneReader lane : lanes) {
            busy |= lane.drain();
        }
        return busy;
    }

    private boolean drainSteps() {
        if (steps == null) {
            return false;
        }
        int taken = 0;
        CaptureEvent event;
        while (taken < ITEMS_PER_LANE && (event = steps.poll()) != null) {
            emit(event);
            taken++;
        }
        return taken > 0;
    }

    private void emit(CaptureEvent event) {
        appender.append(event);
        publish(event);
    }

    private void publish(CaptureEvent event) {
        for (LiveSubscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /** One lane and how much of its losses the log has heard of. */
    private final class LaneReader {
        private final Lane lane;
        private long toldExchanges;
        private long toldEvents;
        private long toldBytes;

        LaneReader(Lane lane) {
            this.lane = lane;
        }

        boolean drain() {
            int taken = 0;
            TapItem item;
            while (taken < ITEMS_PER_LANE && (item = lane.poll()) != null) {
                accept(item);
                taken++;
            }
            tellLosses();
            return taken > 0;
        }

        private void accept(TapItem item) {
            boolean lossy = item instanceof TapItem.Whole whole && whole.lossy();
            try {
                item.assembly().accept(item, redaction, event -> pass(event, lossy));
            } catch (RuntimeException e) {
                // One unreadable exchange must not end the recording of all others.
                LOG.error("could not record an event of an exchange", e);
            }
        }

        private void pass(ExchangeEvent event, boolean lossy) {
            if (lossy && event instanceof ExchangeEnd end) {
                appender.appendIncomplete(end);
                publish(event);
            } else {
                emit(event);
            }
        }

        private void tellLosses() {
            long events = lane.lostEvents();
            if (events == toldEvents) {
                return;
            }
            long exchanges = lane.lostExchanges();
            long bytes = lane.lostBytes();
            emit(new Gap(
                    nanoTime.getAsLong(),
                    LossReason.LANE_FULL,
                    lane.index(),
                    exchanges - toldExchanges,
                    events - toldEvents,
                    bytes - toldBytes));
            toldExchanges = exchanges;
            toldEvents = events;
            toldBytes = bytes;
        }
    }
}
