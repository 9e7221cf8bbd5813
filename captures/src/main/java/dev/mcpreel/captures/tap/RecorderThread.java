package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.redact.Redaction;
import dev.mcpreel.captures.store.CaptureAppender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    private static final String RECORD = "record an event";
    private static final int ITEMS_PER_LANE = 256;
    private static final int MOST_FAULTS_WHEN_CLOSING = 100;
    private static final long SHORTEST_NAP_NANOS = 200_000;
    private static final long LONGEST_NAP_NANOS = 5_000_000;

    private final CaptureAppender appender;
    private final Redaction redaction;
    private final @Nullable StepLane steps;
    private final List<LiveSubscription> subscriptions;
    private final LongSupplier nanoTime;
    private final List<LaneReader> lanes = new CopyOnWriteArrayList<>();
    private final AssemblyBudget budget;
    private final Set<String> toldFaults = new HashSet<>();
    private int faultsInARow;
    private volatile String trouble = "";
    private volatile boolean closing;

    RecorderThread(
            CaptureAppender appender,
            Redaction redaction,
            @Nullable StepLane steps,
            List<LiveSubscription> subscriptions,
            LongSupplier nanoTime,
            AssemblyBudget budget) {
        this.appender = appender;
        this.redaction = redaction;
        this.steps = steps;
        this.subscriptions = subscriptions;
        this.nanoTime = nanoTime;
        this.budget = budget;
    }

    /** Any thread. */
    void add(Lane lane) {
        lanes.add(new LaneReader(lane));
    }

    /** Ends the thread once every lane is empty. Any thread; the loops must have stopped offering. */
    void finish() {
        closing = true;
    }

    /** Why it records nothing now; empty when all is well. Any thread. */
    String trouble() {
        return trouble;
    }

    /** Exchanges of which it failed to record something. Any thread. */
    long faultyExchanges() {
        return lanes.stream().mapToLong(LaneReader::faulty).sum();
    }

    @Override
    public void run() {
        long nap = SHORTEST_NAP_NANOS;
        while (true) {
            boolean last = closing;
            boolean busy = drain();
            if (busy) {
                nap = SHORTEST_NAP_NANOS;
            } else if (last && (faultsInARow == 0 || faultsInARow >= MOST_FAULTS_WHEN_CLOSING)) {
                close();
                return;
            } else {
                LockSupport.parkNanos(nap);
                nap = Math.min(nap * 2, LONGEST_NAP_NANOS);
            }
        }
    }

    /** A fault of ours must not end the recording in silence: it is told, and the next round is tried. */
    private boolean drain() {
        try {
            boolean busy = drainAll();
            appender.tick(nanoTime.getAsLong());
            faultsInARow = 0;
            trouble = "";
            return busy;
        } catch (RuntimeException | Error e) {
            fault("run", e);
            faultsInARow++;
            return false;
        }
    }

    private void close() {
        try {
            lanes.forEach(LaneReader::finish);
            appender.close();
        } catch (RuntimeException | Error e) {
            fault("end", e);
        }
    }

    /** Tells a kind of fault once, because one that happens for each event would fill the disk with its traces. */
    private void fault(String doing, Throwable fault) {
        if (toldFaults.add(doing + ' ' + fault.getClass().getName())) {
            LOG.error(
                    "the recorder failed to {}: {}; further faults of this kind are only counted",
                    doing,
                    fault.toString());
        }
        LOG.debug("a fault of the recorder", fault);
        if (!doing.equals(RECORD)) {
            trouble = "the recorder failed: " + fault;
        }
    }

    private boolean drainAll() {
        boolean busy = drainSteps();
        int most = ITEMS_PER_LANE * lanes.size();
        LaneReader next;
        for (int taken = 0; taken < most && (next = earliest()) != null; taken++) {
            next.take();
            busy = true;
        }
        for (LaneReader lane : lanes) {
            busy |= lane.settle();
        }
        return busy;
    }

    /**
     * The lane whose next item happened first. A client may say on one connection what it was told on another, and a
     * secret has to be learnt before it is met again. Looked at until nothing changes: what led to an item was offered before it.
     */
    private @Nullable LaneReader earliest() {
        LaneReader found = null;
        LaneReader before;
        long atNanos = Long.MAX_VALUE;
        do {
            before = found;
            for (LaneReader reader : lanes) {
                TapItem item = reader.lane.peek();
                if (item != null && item.atNanos() < atNanos) {
                    found = reader;
                    atNanos = item.atNanos();
                }
            }
        } while (found != before);
        return found;
    }

    private boolean drainSteps() {
        if (steps == null) {
            return false;
        }
        int taken = 0;
        CaptureEvent event;
        while (taken < ITEMS_PER_LANE && (event = steps.poll()) != null) {
            taken++;
            try {
                emit(event);
            } catch (RuntimeException | Error e) {
                fault(RECORD, e);
                if (event instanceof StepRecord) {
                    steps.lost();
                }
            }
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
        private final Set<ExchangeAssembly> open = new LinkedHashSet<>();
        private long fetchedEnds;
        private long failedEvents;
        private long failedBytes;
        private long toldFaultyExchanges;
        private volatile long faultyExchanges;
        private long toldExchanges;
        private long toldEvents;
        private long toldBytes;

        LaneReader(Lane lane) {
            this.lane = lane;
        }

        void take() {
            TapItem item = lane.poll();
            if (item != null) {
                accept(item);
            }
        }

        /** Exchanges whose ends the event loop left beside the full lane are ended once the lane is empty. */
        boolean settle() {
            int taken = 0;
            if (lane.leftEnds() != fetchedEnds) {
                taken += fetchEnds();
            }
            tellLosses();
            tellFaults();
            return taken > 0;
        }

        /** The last word on exchanges that failed and never ended. */
        void finish() {
            addFaulty(open.stream().filter(ExchangeAssembly::faulty).count());
            open.clear();
            tellFaults();
        }

        private int fetchEnds() {
            List<TapItem.Whole> left = new ArrayList<>();
            for (ExchangeAssembly assembly : open) {
                TapItem.Whole end = assembly.leftEnd();
                if (end != null) {
                    left.add(end);
                }
            }
            // Looked at in this order: all that was offered before those ends has been polled then.
            if (!lane.isEmpty()) {
                return 0;
            }
            left.forEach(this::accept);
            fetchedEnds += left.size();
            return left.size();
        }

        private void accept(TapItem item) {
            TapItem.Whole whole = item instanceof TapItem.Whole some ? some : null;
            ExchangeEnd end = whole != null && whole.event() instanceof ExchangeEnd some ? some : null;
            boolean lossy = whole != null && whole.lossy();
            ExchangeAssembly assembly = item.assembly();
            open.add(assembly);
            boolean recorded = false;
            if (!assembly.faulty()) {
                try {
                    assembly.accept(item, redaction, budget, event -> pass(event, lossy));
                    recorded = true;
                } catch (RuntimeException | Error e) {
                    // One unreadable exchange must not end the recording of all others.
                    assembly.fail();
                    fault(RECORD, e);
                }
            }
            if (end != null) {
                open.remove(assembly);
            }
            if (!recorded && end != null) {
                // What the lane lost of has been counted by the lane.
                addFaulty(lossy ? 0 : 1);
                endFaulty(end);
            } else if (!recorded) {
                failedEvents++;
                failedBytes += item instanceof TapItem.Chunk chunk ? chunk.length() : 0;
            }
        }

        /** Its words for people go: they have not been redacted. */
        private void endFaulty(ExchangeEnd end) {
            try {
                ExchangeEnd wordless = end.withDetail("");
                appender.appendIncomplete(wordless);
                publish(wordless);
            } catch (RuntimeException | Error e) {
                failedEvents++;
                fault(RECORD, e);
            }
        }

        /** The event loop's end may fail as well. */
        private long faulty() {
            return faultyExchanges + lane.failedExchanges();
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writing thread
        private void addFaulty(long exchanges) {
            faultyExchanges += exchanges;
        }

        private void tellFaults() {
            long faulty = faulty();
            if (faulty == toldFaultyExchanges && failedEvents == 0) {
                return;
            }
            emit(new Gap(
                    nanoTime.getAsLong(),
                    LossReason.RECORDER_FAULT,
                    lane.index(),
                    faulty - toldFaultyExchanges,
                    failedEvents,
                    failedBytes));
            toldFaultyExchanges = faulty;
            failedEvents = 0;
            failedBytes = 0;
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
