package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.NameDefined;
import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lane of step records: apart from the bodies, so that no flood of them can push a step out, and large enough that
 * it fills only when the log itself has stopped for tens of seconds.
 */
final class StepLane implements RunTap {
    private static final int CAPACITY = 2_000_000;

    /** Names come from captures and scripts; whoever invents more than these has them counted under one. */
    static final int MOST_NAMES = 10_000;

    static final String OTHER = "(other)";

    private final Queue<CaptureEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicLong lostSteps = new AtomicLong();
    private final AtomicInteger lastName = new AtomicInteger();
    private final Map<String, Integer> names = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    StepLane(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public int nameId(String name) {
        if (name.isEmpty()) {
            return 0;
        }
        Integer known = names.get(name);
        if (known != null) {
            return known;
        }
        return names.computeIfAbsent(lastName.get() < MOST_NAMES ? name : OTHER, this::define);
    }

    /** Queues the definition before anyone can know the number, so it stands in the log before its first use. */
    private Integer define(String name) {
        int id = lastName.incrementAndGet();
        depth.incrementAndGet();
        queue.add(new NameDefined(nanoTime.getAsLong(), id, name));
        return id;
    }

    @Override
    public void step(StepRecord step) {
        if (depth.get() >= CAPACITY) {
            lostSteps.incrementAndGet();
            return;
        }
        depth.incrementAndGet();
        queue.add(step);
    }

    @Override
    public void sample(RunSample sample) {
        depth.incrementAndGet();
        queue.add(sample);
    }

    /** A step that was taken from here was not recorded. */
    void lost() {
        lostSteps.incrementAndGet();
    }

    @Override
    public long lostSteps() {
        return lostSteps.get();
    }

    /** From one recorder thread only. */
    @Nullable
    CaptureEvent poll() {
        CaptureEvent event = queue.poll();
        if (event != null) {
            depth.decrementAndGet();
        }
        return event;
    }
}
