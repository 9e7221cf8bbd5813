package dev.mcpreel.replay.rig;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param agents of the plan
 * @param agentsStarted those that arrived before the run was stopped
 * @param iterations agent sessions played to their end
 * @param due steps whose time had come
 * @param sent those of them that were handed to the transport
 * @param recorded step records written: one for each step of each agent session begun, sent or not
 * @param calls tools/call requests that were sent and are over
 * @param sessionsLost agent sessions the target no longer knew
 * @param outcomes step records by outcome, zeros left out
 * @param lateness handed over less due: the generator's own error
 * @param callTimes service time of tools/call
 * @param durationNanos from the start of the clock to the last agent's end
 * @param longestStallNanos the longest time an event loop did not come round
 * @param staleRetries exchanges sent again because the server had closed the kept connection
 * @param connections opened in all
 * @param invalid why the run may not be judged, one sentence each; empty when it may
 * @param stopReason why it was stopped before its plan was played, null when it was not
 */
public record RunResult(
        int agents,
        long agentsStarted,
        long iterations,
        long due,
        long sent,
        long recorded,
        long calls,
        long sessionsLost,
        Map<Outcome, Long> outcomes,
        Percentiles lateness,
        Percentiles callTimes,
        long durationNanos,
        long longestStallNanos,
        long staleRetries,
        long connections,
        List<String> invalid,
        @Nullable String stopReason) {
    public RunResult {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        counts.putAll(outcomes);
        outcomes = Collections.unmodifiableMap(counts);
        invalid = List.copyOf(invalid);
    }

    /** Whether the run may be judged. */
    public boolean isValid() {
        return invalid.isEmpty();
    }

    /** Whether it was stopped before its plan was played. */
    public boolean isStoppedEarly() {
        return stopReason != null;
    }
}
