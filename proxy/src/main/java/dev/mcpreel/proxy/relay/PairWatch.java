package dev.mcpreel.proxy.relay;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks over the open pairs of one event loop now and then for clients that owe the rest of a request: one timer for all,
 * so that a request costs none. Confined to that loop.
 */
final class PairWatch {
    private static final long LONGEST_PERIOD_MILLIS = 1_000;

    private final EventLoop loop;
    private final LongSupplier nanoClock;
    private final long periodMillis;
    private final boolean hurries;
    private final Set<ConnectionPair> open = new HashSet<>();
    private @Nullable Future<?> timer;

    PairWatch(EventLoop loop, RelayLimits limits, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        long eighth = limits.requestTimeout().toMillis() / 8;
        this.hurries = !limits.requestTimeout().isZero();
        this.periodMillis = Math.max(1, Math.min(eighth, LONGEST_PERIOD_MILLIS));
    }

    void opened(ConnectionPair pair) {
        open.add(pair);
        if (timer == null && hurries) {
            timer = loop.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        }
    }

    void closed(ConnectionPair pair) {
        open.remove(pair);
        if (open.isEmpty() && timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /** A copy, because pairs that are hung up on leave. */
    private void look() {
        long nowNanos = nanoClock.getAsLong();
        for (ConnectionPair pair : List.copyOf(open)) {
            try {
                pair.checkPatience(nowNanos);
            } catch (RuntimeException e) {
                // The look must go on for all others.
                pair.clientFailed(e);
            }
        }
    }
}
