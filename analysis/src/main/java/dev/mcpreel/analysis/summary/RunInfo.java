package dev.mcpreel.analysis.summary;

import dev.mcpreel.captures.store.ReplayInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the capture itself came about. */
public sealed interface RunInfo {
    /** What is missing from the capture. */
    Losses losses();

    /** Whether the capture has no end: it is still being written, or its writer died. */
    boolean interrupted();

    /** A recording of clients that were not ours. */
    record Recorded(boolean interrupted, Losses losses) implements RunInfo {}

    /**
     * A replay.
     *
     * @param valid whether verdicts may be built on it; never when it has no end, for then it never judged itself
     * @param invalid why not, one sentence each
     * @param plan what it set out to do; null when the manifest does not say
     * @param sentSteps steps handed to the transport
     * @param dueSteps steps whose time had come, skipped ones left out
     * @param skippedSteps steps of the plan not sent for want of a value, or because their tool may not be played
     * @param lateness null when nothing was sent
     */
    record Replayed(
            boolean interrupted,
            Losses losses,
            boolean valid,
            List<String> invalid,
            @Nullable ReplayInfo plan,
            long sentSteps,
            long dueSteps,
            long skippedSteps,
            @Nullable Lateness lateness,
            Machine machine)
            implements RunInfo {
        public Replayed {
            invalid = List.copyOf(invalid);
        }

        /** From 0 to 1; null when nothing was due. */
        public @Nullable Double sentToDue() {
            return dueSteps == 0 ? null : (double) sentSteps / dueSteps;
        }
    }

    /** The generator's own error, in milliseconds. */
    record Lateness(double p50, double p95, double p99, double max) {}

    /**
     * The replaying process, by its samples.
     *
     * @param samples 0 when there are none, and then the rest is 0
     * @param longestStallMillis the longest time an event loop did not come round
     * @param peakProcessCpu in cores
     * @param peakMachineCpu busy share of the machine, from 0 to 1
     */
    record Machine(long samples, double longestStallMillis, double peakProcessCpu, double peakMachineCpu) {}
}
