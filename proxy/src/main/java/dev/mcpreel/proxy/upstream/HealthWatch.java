package dev.mcpreel.proxy.upstream;

import java.util.function.LongSupplier;

/**
 * Marks upstreams down that cannot be connected to, and tries them until they can. Thread-safe; never blocks. Each
 * outage has one chain of probes, which ends with it.
 */
final class HealthWatch {
    private final UpstreamProbe probe;
    private final LongSupplier nanoClock;
    private final Backoff backoff;
    private final boolean probes;
    private volatile boolean closed;

    /**
     * A watch.
     *
     * @param probes whether to try upstreams at all, beyond the exchanges there are
     */
    HealthWatch(UpstreamProbe probe, LongSupplier nanoClock, Backoff backoff, boolean probes) {
        this.probe = probe;
        this.nanoClock = nanoClock;
        this.backoff = backoff;
        this.probes = probes;
    }

    void connected(Instance instance) {
        if (!instance.isUp()) {
            instance.markUp(nanoClock.getAsLong());
        }
    }

    void failed(Instance instance, ConnectFailure failure) {
        Condition outage = instance.markDown(nanoClock.getAsLong(), failure.reason());
        if (outage != null && probes) {
            later(instance, outage, 0);
        }
    }

    private void later(Instance instance, Condition outage, int attempt) {
        if (!closed && instance.condition() == outage) {
            probe.schedule(backoff.delayNanos(instance.salt(), attempt), () -> ask(instance, outage, attempt));
        }
    }

    private void ask(Instance instance, Condition outage, int attempt) {
        if (closed || instance.condition() != outage) {
            return;
        }
        probe.connect(instance.upstream(), reached -> {
            if (reached) {
                connected(instance);
            } else {
                later(instance, outage, attempt + 1);
            }
        });
    }

    /** No more probes. */
    void close() {
        closed = true;
    }
}
