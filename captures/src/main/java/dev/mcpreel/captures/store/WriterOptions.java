package dev.mcpreel.captures.store;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * What a writer is given from outside.
 *
 * @param random names the run
 */
public record WriterOptions(
        WriterLimits limits, Clocks clocks, FreeSpace freeSpace, SyncListener listener, RandomGenerator random) {
    /** The system's clocks and disk, and the default limits. */
    public static WriterOptions defaults() {
        return new WriterOptions(
                WriterLimits.DEFAULT, Clocks.system(), FreeSpace.ofDisk(), SyncListener.NONE, new SecureRandom());
    }

    public WriterOptions withLimits(WriterLimits other) {
        return new WriterOptions(other, clocks, freeSpace, listener, random);
    }

    public WriterOptions withClocks(Clocks other) {
        return new WriterOptions(limits, other, freeSpace, listener, random);
    }

    public WriterOptions withFreeSpace(FreeSpace other) {
        return new WriterOptions(limits, clocks, other, listener, random);
    }

    public WriterOptions withListener(SyncListener other) {
        return new WriterOptions(limits, clocks, freeSpace, other, random);
    }

    public WriterOptions withRandom(RandomGenerator other) {
        return new WriterOptions(limits, clocks, freeSpace, listener, other);
    }
}
