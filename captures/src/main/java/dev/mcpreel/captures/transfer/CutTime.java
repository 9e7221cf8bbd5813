package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.ClockAnchor;

/**
 * A moment of a capture, as a person names it.
 *
 * @param text as it was typed
 * @param sinceStart whether it counts from when the capture began, and not from 1970
 */
public record CutTime(String text, boolean sinceStart, long nanos) {
    /** The same in the capture's own monotonic nanoseconds. */
    long of(ClockAnchor start) {
        return start.atNanos() + (sinceStart ? nanos : nanos - start.wallNanos());
    }
}
