package dev.mcpreel.proxy.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One upstream, how it is, and what it has to do. Shared by all exchanges; thread-safe, never blocks. */
final class Instance {
    private final Upstream upstream;
    private final int index;
    private final long salt;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong rebinds = new AtomicLong();
    private volatile Condition condition;

    Instance(Upstream upstream, int index, long nowNanos) {
        this.upstream = upstream;
        this.index = index;
        this.salt = Key.of(upstream.name()).low();
        this.condition = Condition.up(nowNanos);
    }

    Upstream upstream() {
        return upstream;
    }

    String name() {
        return upstream.name();
    }

    /** Its place in the configuration, from 0. */
    int index() {
        return index;
    }

    /** What tells it apart in hashing. */
    long salt() {
        return salt;
    }

    Condition condition() {
        return condition;
    }

    boolean isUp() {
        return condition.isUp();
    }

    /** The outage that begins with this; null when it was down already. */
    synchronized @Nullable Condition markDown(long nowNanos, String reason) {
        if (!condition.isUp()) {
            return null;
        }
        Condition outage = Condition.down(nowNanos, reason);
        condition = outage;
        return outage;
    }

    synchronized void markUp(long nowNanos) {
        if (!condition.isUp()) {
            condition = Condition.up(nowNanos);
        }
    }

    int inFlight() {
        return inFlight.get();
    }

    /** An exchange is given to it. */
    void give() {
        inFlight.incrementAndGet();
        exchanges.incrementAndGet();
    }

    /** An exchange given to it went away again, because there is no connection for it. */
    void takeBack() {
        inFlight.decrementAndGet();
        exchanges.decrementAndGet();
    }

    /** An exchange given to it is over. */
    void finish() {
        inFlight.decrementAndGet();
    }

    /** What was bound to it went elsewhere. */
    void lose() {
        rebinds.incrementAndGet();
    }

    UpstreamStatus status(long nowNanos) {
        Condition now = condition;
        return new UpstreamStatus(
                name(),
                now.isUp(),
                nowNanos - now.sinceNanos(),
                now.reason(),
                exchanges.get(),
                inFlight.get(),
                rebinds.get());
    }
}
