package dev.mcpreel.captures.exchange;

/**
 * The two clocks read together: at monotonic time {@code atNanos} the wall clock said {@code wallNanos}.
 *
 * @param wallNanos nanoseconds since 1970-01-01T00:00:00Z
 */
public record ClockAnchor(long atNanos, long wallNanos) implements CaptureEvent {
    @Override
    public EventKind kind() {
        return EventKind.CLOCK_ANCHOR;
    }

    /** The wall time of another monotonic time, in nanoseconds since the epoch. */
    public long wallOf(long monotonicNanos) {
        return wallNanos + (monotonicNanos - atNanos);
    }
}
