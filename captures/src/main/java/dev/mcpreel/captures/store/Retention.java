package dev.mcpreel.captures.store;

import java.util.concurrent.TimeUnit;

/**
 * How long the captures of a store are kept; what is more is removed, oldest first. docs/OPERATING.md has the rules. A bound of
 * {@link Long#MAX_VALUE}, or {@link Integer#MAX_VALUE}, is none.
 *
 * @param maxBytes what the log files of all captures may take of the disk
 * @param maxAgeNanos how old the newest record of a log file may become
 * @param captures how many captures there may be, the one being written among them
 * @param rollBytes a log that has so many bytes of records gives way to the next
 * @param rollNanos so does one that was begun so long ago
 */
public record Retention(long maxBytes, long maxAgeNanos, int captures, long rollBytes, long rollNanos) {
    /** Fewer bytes would be kept for hardly longer than they take to be removed. */
    public static final long LEAST_BYTES = 64L << 20;

    public static final long LEAST_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Everything is kept, and logs are never rolled. */
    public static final Retention NONE =
            new Retention(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    private static final long LEAST_ROLL_BYTES = 8L << 20;
    private static final long MOST_ROLL_BYTES = 256L << 20;
    private static final long MOST_ROLL_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final int PARTS = 8;

    public Retention {
        if (maxBytes <= 0 || maxAgeNanos <= 0 || captures <= 0 || rollBytes <= 0 || rollNanos <= 0) {
            throw new IllegalArgumentException("bounds must be positive: " + maxBytes + ", " + maxAgeNanos + ", "
                    + captures + ", " + rollBytes + ", " + rollNanos);
        }
    }

    /** With logs that are rolled often enough for the bounds: what is removed at a time is about an eighth. */
    public static Retention of(long maxBytes, long maxAgeNanos, int captures) {
        if (maxBytes == Long.MAX_VALUE && maxAgeNanos == Long.MAX_VALUE) {
            return new Retention(maxBytes, maxAgeNanos, captures, Long.MAX_VALUE, Long.MAX_VALUE);
        }
        return new Retention(
                maxBytes,
                maxAgeNanos,
                captures,
                Math.min(MOST_ROLL_BYTES, Math.max(LEAST_ROLL_BYTES, maxBytes / PARTS)),
                Math.min(MOST_ROLL_NANOS, Math.max(1, maxAgeNanos / PARTS)));
    }

    /** Whether nothing is ever removed. */
    public boolean isNone() {
        return !boundsBytes() && !boundsAge() && captures == Integer.MAX_VALUE;
    }

    boolean boundsBytes() {
        return maxBytes != Long.MAX_VALUE;
    }

    boolean boundsAge() {
        return maxAgeNanos != Long.MAX_VALUE;
    }
}
