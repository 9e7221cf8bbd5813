package dev.mcpreel.replay.plan;

import java.util.List;

/**
 * A plan in numbers, on a target as fast as the recorded one. Steps and calls are exact for a run by copies; for a run by
 * duration they are what the agents would get done.
 *
 * @param recordedSessions sessions of the recording, those without anything to play with them
 * @param beginningUnknown ids of the sessions that are not played because the recording lacks the initialize of their transport
 *     session
 * @param recordedRequests JSON-RPC requests of the recording
 * @param recordedCalls tools/call requests among them
 * @param agents agents of the run
 * @param iterations sessions begun
 * @param steps steps played
 * @param calls tools/call requests played
 * @param skippedSteps steps left out
 * @param skipped the same by tool and reason, in the recording
 * @param bindings values of played steps that are taken live, in the recording
 * @param lacking what the recorded agents sent and nobody knows, because the capture has only its hash
 * @param durationNanos from the start of the run to the last answer, or to the end of its duration if that is earlier
 * @param peakStepsPerSecond the most steps due in one second
 * @param medianThinkNanos of the steps that follow another, divided by speed
 */
public record PlanSummary(
        int recordedSessions,
        List<String> beginningUnknown,
        long recordedRequests,
        long recordedCalls,
        int agents,
        long iterations,
        long steps,
        long calls,
        long skippedSteps,
        List<Skipped> skipped,
        long bindings,
        List<Lacking> lacking,
        long durationNanos,
        double peakStepsPerSecond,
        long medianThinkNanos) {
    public PlanSummary {
        beginningUnknown = List.copyOf(beginningUnknown);
        skipped = List.copyOf(skipped);
        lacking = List.copyOf(lacking);
    }
}
