package dev.mcpreel.replay.rig;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices when an event loop does not come round: a task on each loop sets itself up again every ten milliseconds, and
 * what comes on top of those ten is a stall. Made and stopped on any thread, read by one.
 */
final class StallWatch {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final List<Tick> ticks;
    private long longestNanos;

    StallWatch(List<EventLoop> loops, LongSupplier nanoTime) {
        this.ticks = loops.stream().map(loop -> new Tick(loop, nanoTime)).toList();
        ticks.forEach(Tick::start);
    }

    /** The longest stall since the last call, one that still goes on included. */
    long takeLongestNanos() {
        long longest = 0;
        for (Tick tick : ticks) {
            longest = Math.max(longest, tick.take());
        }
        longestNanos = Math.max(longestNanos, longest);
        return longest;
    }

    /** The longest stall that {@link #takeLongestNanos()} has given so far. */
    long longestNanos() {
        return longestNanos;
    }

    void stop() {
        ticks.forEach(Tick::stop);
    }

    /** The task of one loop. */
    private static final class Tick implements Runnable {
        private final EventLoop loop;
        private final LongSupplier nanoTime;
        private volatile boolean stopped;
        private volatile long expectedNanos;
        private long longestNanos;

        Tick(EventLoop loop, LongSupplier nanoTime) {
            this.loop = loop;
            this.nanoTime = nanoTime;
        }

        void start() {
            expectedNanos = nanoTime.getAsLong() + TICK_NANOS;
            arm();
        }

        void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            long now = nanoTime.getAsLong();
            synchronized (this) {
                longestNanos = Math.max(longestNanos, now - expectedNanos);
            }
            expectedNanos = now + TICK_NANOS;
            if (!stopped) {
                arm();
            }
        }

        long take() {
            long waiting = nanoTime.getAsLong() - expectedNanos;
            synchronized (this) {
                long longest = Math.max(longestNanos, waiting);
                longestNanos = 0;
                return Math.max(0, longest);
            }
        }

        private void arm() {
            Future<?> unused = loop.schedule(this, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }
}
