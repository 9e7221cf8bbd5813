package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.wire.RpcId;
import org.jspecify.annotations.Nullable;

/** Something that took from one moment to another, both in the capture's monotonic nanoseconds, and what it is known by. */
record CutSpan(long startNanos, long endNanos, @Nullable RpcId id) {
    boolean overlaps(CutSpan other) {
        return startNanos <= other.endNanos && endNanos >= other.startNanos;
    }

    boolean isWithin(CutSpan other) {
        return startNanos >= other.startNanos && endNanos <= other.endNanos;
    }

    boolean contains(long nanos) {
        return nanos >= startNanos && nanos <= endNanos;
    }
}
