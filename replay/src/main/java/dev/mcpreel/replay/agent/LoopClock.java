package dev.mcpreel.replay.agent;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one agent at moments of the monotonic clock. Every delay is taken from an absolute moment when it is set, so
 * that nothing drifts. Confined to the agent's event loop.
 */
final class LoopClock {
    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> runner;
    private @Nullable Future<?> wake;
    private long wakeNanos;

    /** @param runner runs what falls due */
    LoopClock(EventLoop loop, LongSupplier nanoTime, Consumer<Runnable> runner) {
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.runner = runner;
    }

    /** Runs the task at that moment, or soon when it is past. */
    void at(long nanos, Runnable task) {
        Future<?> unused = timer(nanos, task);
    }

    /** Likewise, and can be cancelled. */
    Future<?> timer(long nanos, Runnable task) {
        long delay = Math.max(0, nanos - nanoTime.getAsLong());
        return loop.schedule(() -> runner.accept(task), delay, TimeUnit.NANOSECONDS);
    }

    /** Runs the runner with nothing to do at that moment; only the earliest moment asked for is kept. */
    void wakeAt(long nanos) {
        if (wake != null && wakeNanos <= nanos) {
            return;
        }
        stop();
        wakeNanos = nanos;
        wake = timer(nanos, () -> wake = null);
    }

    void stop() {
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
    }
}
