package dev.mcpreel.captures.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a replay set out to do and how it judges itself; part of its capture's manifest.
 *
 * @param source the capture that was replayed: its id
 * @param recordedCalls tools/call requests in what was replayed, once
 * @param target the URL played against
 * @param tools which tools might be played: {@code safe}, {@code all} or their names
 * @param agents agents of the plan
 * @param copies agents for each recorded session, 0 when the run went by agents and duration
 * @param speed divides recorded think times and arrival offsets
 * @param planDigest the same for the same capture, options and seed
 * @param plannedSteps steps the plan held
 * @param skippedSteps steps the plan left out because their tool may not be played
 * @param valid whether the run may be judged
 * @param invalid why not, one sentence each; empty when valid
 */
public record ReplayInfo(
        String source,
        long recordedCalls,
        String target,
        String tools,
        int agents,
        int copies,
        double speed,
        long seed,
        String planDigest,
        long plannedSteps,
        long skippedSteps,
        boolean valid,
        List<String> invalid) {
    public ReplayInfo {
        Stream.of(source, target, tools, planDigest).forEach(Objects::requireNonNull);
        invalid = List.copyOf(invalid);
    }

    /** The same run, not to be judged for one reason more. */
    ReplayInfo invalid(String reason) {
        List<String> reasons = new ArrayList<>(invalid);
        reasons.add(reason);
        return new ReplayInfo(
                source,
                recordedCalls,
                target,
                tools,
                agents,
                copies,
                speed,
                seed,
                planDigest,
                plannedSteps,
                skippedSteps,
                false,
                reasons);
    }
}
