package dev.mcpreel.replay.rig;

import org.jspecify.annotations.Nullable;

/**
 * What a run knows of its own faults; never of the target's.
 *
 * @param due steps whose time had come
 * @param sent those of them that were handed over
 * @param latenessP99Nanos handed over less due
 * @param medianThinkNanos the plan's median think time as played, 0 when it has none
 * @param longestStallNanos the longest time an event loop did not come round
 * @param localErrors connections this machine could not make
 * @param firstLocalError what the first of them said
 * @param lostSteps step records that could not be kept
 * @param fault what failed inside an agent, null when none did
 */
record Evidence(
        long due,
        long sent,
        long latenessP99Nanos,
        long medianThinkNanos,
        long longestStallNanos,
        long localErrors,
        @Nullable String firstLocalError,
        long lostSteps,
        @Nullable String fault) {}
