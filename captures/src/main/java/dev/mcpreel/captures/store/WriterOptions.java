package dev.mcpreel.captures.store;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * What a writer is given from outside.
 *
 * @param random names the run
 * @param retention what is removed from the store meanwhile
 */
public record WriterOptions(
        WriterLimits limits,
        Clocks clocks,
        FreeSpace freeSpace,
        SyncListener listener,
        RandomGenerator random,
        Retention retention) {
    /** The system's clocks and disk, the default limits, and everything is kept. */
    public static WriterOptions defaults() {
        return new WriterOptions(
                WriterLimits.DEFAULT,
                Clocks.system(),
                FreeSpace.ofDisk(),
                SyncListener.NONE,
                new SecureRandom(),
                Retention.NONE);
    }

    public WriterOptions withLimits(WriterLimits other) {
        return new WriterOptions(other, clocks, freeSpace, listener, random, retention);
    }

    public WriterOptions withClocks(Clocks other) {
        return new WriterOptions(limits, other, freeSpace, listener, random, retention);
    }

    public WriterOptions withFreeSpace(FreeSpace other) {
        return new WriterOptions(limits, clocks, other, listener, random, retention);
    }

    public WriterOptions withListener(SyncListener other) {
        return new WriterOptions(limits, clocks, freeSpace, other, random, retention);
    }

    public WriterOptions withRandom(RandomGenerator other) {
        return new WriterOptions(limits, clocks, freeSpace, listener, other, retention);
    }

    public WriterOptions withRetention(Retention other) {
        return new WriterOptions(limits, clocks, freeSpace, listener, random, other);
    }
}
