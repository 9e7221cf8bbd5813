package dev.mcpreel.replay.plan;

/**
 * What a run would be on a target as fast as the recorded one.
 *
 * @param iterations sessions begun
 * @param steps steps sent
 * @param calls tools/call requests among them
 * @param skippedSteps steps left out
 * @param durationNanos to the last answer, or to the end of the run's duration if that is earlier
 * @param peakStepsPerSecond the most steps in one second
 */
record Forecast(
        long iterations, long steps, long calls, long skippedSteps, long durationNanos, double peakStepsPerSecond) {
    Forecast times(double factor) {
        return new Forecast(
                Math.round(iterations * factor),
                Math.round(steps * factor),
                Math.round(calls * factor),
                Math.round(skippedSteps * factor),
                durationNanos,
                peakStepsPerSecond * factor);
    }
}
