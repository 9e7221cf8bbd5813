package dev.mcpreel.replay.rig;

import java.util.concurrent.TimeUnit;

/**
 * What a run has around it and a test may replace.
 *
 * @param rehearsalNanos how long the code may be rehearsed before the clock starts; not at all when 0
 */
record Backstage(Machine machine, long rehearsalNanos) {
    private static final long REHEARSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    static Backstage ofThisJvm() {
        return new Backstage(Machine.ofThisJvm(), REHEARSAL_NANOS);
    }
}
