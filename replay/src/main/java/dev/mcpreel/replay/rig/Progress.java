package dev.mcpreel.replay.rig;

/**
 * How a run stands at one moment.
 *
 * @param agents of the plan
 * @param agentsStarted so far
 * @param agentsAlive now
 * @param agentsFinished so far
 * @param calls tools/call requests that are over
 * @param callsPerSecond over the last second
 * @param callP95Nanos service time of tools/call so far, 0 when none is over
 * @param errors steps that failed the agent
 * @param latenessP99Nanos the generator's own error so far
 * @param inFlight requests that wait for their answer
 * @param connections open to the target
 * @param elapsedNanos since the run began
 * @param stopping whether no new step is sent any more
 */
public record Progress(
        int agents,
        long agentsStarted,
        int agentsAlive,
        long agentsFinished,
        long calls,
        double callsPerSecond,
        long callP95Nanos,
        long errors,
        long latenessP99Nanos,
        int inFlight,
        int connections,
        long elapsedNanos,
        boolean stopping) {}
