package dev.mcpreel.captures.exchange;

/**
 * How a replaying process did over one sampling interval, so that the run can judge itself.
 *
 * @param intervalNanos the interval that ends at {@code atNanos}
 * @param processCpuPermille processor time of this process, 1000 = one core
 * @param machineCpuPermille busy share of the whole machine, 1000 = all cores
 * @param agents agents alive
 * @param inFlight requests waiting for an answer
 * @param connections open connections
 * @param sent steps handed over since the run began
 * @param due steps due since the run began
 * @param longestStallNanos the longest time an event loop did not come round in the interval
 * @param gcNanos garbage collection time in the interval
 */
public record RunSample(
        long atNanos,
        long intervalNanos,
        int processCpuPermille,
        int machineCpuPermille,
        int agents,
        int inFlight,
        int connections,
        long sent,
        long due,
        long longestStallNanos,
        long gcNanos)
        implements CaptureEvent {
    @Override
    public EventKind kind() {
        return EventKind.RUN_SAMPLE;
    }
}
