package dev.mcpreel.captures.store;

import java.util.concurrent.TimeUnit;

/**
 * The writer's sizes and times.
 *
 * @param queueBytes encoded bytes that may wait for the writer thread; a full queue makes appenders wait
 * @param syncIntervalNanos longest time between an append and the sync that makes it durable
 * @param syncBytes bytes after which a sync comes earlier
 * @param coalesceBytes an exchange that encodes to more is not held back to become one record; at most 32 KiB
 * @param coalesceNanos longest time the events of an exchange are held back for its end
 * @param anchorIntervalNanos time between clock anchors
 * @param reserveBytes free space that is never written to
 */
public record WriterLimits(
        int queueBytes,
        long syncIntervalNanos,
        int syncBytes,
        int coalesceBytes,
        long coalesceNanos,
        long anchorIntervalNanos,
        long reserveBytes) {
    public static final WriterLimits DEFAULT = new WriterLimits(
            16 << 20,
            TimeUnit.MILLISECONDS.toNanos(50),
            8 << 20,
            16 << 10,
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MINUTES.toNanos(1),
            64L << 20);

    public WriterLimits {
        positive(queueBytes, "queueBytes");
        positive(syncIntervalNanos, "syncIntervalNanos");
        positive(syncBytes, "syncBytes");
        positive(anchorIntervalNanos, "anchorIntervalNanos");
        if (coalesceBytes < 0 || coalesceBytes > 32 << 10) {
            throw new IllegalArgumentException("coalesceBytes must be 0 to 32 KiB, is " + coalesceBytes);
        }
        if (coalesceNanos < 0 || reserveBytes < 0) {
            throw new IllegalArgumentException("coalesceNanos and reserveBytes must not be negative");
        }
    }

    private static void positive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }
}
