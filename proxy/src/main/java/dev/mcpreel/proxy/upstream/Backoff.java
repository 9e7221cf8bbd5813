package dev.mcpreel.proxy.upstream;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before an upstream that is down is tried again: 1 s, then twice as long each time up to 15 s, each
 * shorter by up to a tenth, so that many recorders, or many upstreams, are not probed in step. Immutable.
 */
record Backoff(long seed) {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final int DOUBLINGS = 4;

    /**
     * The wait.
     *
     * @param salt tells upstreams apart
     * @param attempt from 0
     */
    long delayNanos(long salt, int attempt) {
        long whole = Math.min(FIRST_NANOS << Math.min(attempt, DOUBLINGS), LONGEST_NANOS);
        long random = Mix.mix(Mix.mix(seed ^ salt) + attempt);
        return whole - Long.remainderUnsigned(random, whole / 10);
    }
}
