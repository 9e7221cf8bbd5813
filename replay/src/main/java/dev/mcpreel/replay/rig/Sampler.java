package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.replay.agent.RunMeter;
import dev.mcpreel.replay.transport.TransportCounters;
import java.util.function.LongSupplier;

/** Writes down how the replaying process did over each interval. Confined to one thread, but for {@link #callRate()}. */
final class Sampler {
    private final Machine machine;
    private final StallWatch stalls;
    private final RunMeter meter;
    private final TransportCounters counters;
    private final RunTap tap;
    private final LongSupplier nanoTime;
    private long lastNanos;
    private long lastCpuNanos;
    private long lastGcNanos;
    private long lastCalls;
    private volatile double callRate;

    Sampler(
            Machine machine,
            StallWatch stalls,
            RunMeter meter,
            TransportCounters counters,
            RunTap tap,
            LongSupplier nanoTime) {
        this.machine = machine;
        this.stalls = stalls;
        this.meter = meter;
        this.counters = counters;
        this.tap = tap;
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
        this.lastCpuNanos = machine.processCpuNanos();
        this.lastGcNanos = machine.gcNanos();
    }

    /** Ends the interval that began with the last call. */
    void sample() {
        long now = nanoTime.getAsLong();
        long interval = Math.max(1, now - lastNanos);
        long cpuNanos = machine.processCpuNanos();
        long gcNanos = machine.gcNanos();
        long calls = meter.calls();
        callRate = (calls - lastCalls) * 1e9 / interval;
        tap.sample(new RunSample(
                now,
                interval,
                (int) ((cpuNanos - lastCpuNanos) * 1000 / interval),
                (int) Math.round(machine.machineBusy() * 1000),
                meter.agentsAlive(),
                meter.inFlight(),
                counters.openConnections(),
                meter.sent(),
                meter.due(),
                stalls.takeLongestNanos(),
                gcNanos - lastGcNanos));
        lastNanos = now;
        lastCpuNanos = cpuNanos;
        lastGcNanos = gcNanos;
        lastCalls = calls;
    }

    /** tools/call answers a second over the last interval. Any thread. */
    double callRate() {
        return callRate;
    }
}
