package dev.mcpreel.captures.exchange;

/**
 * Something the recording lost. What is known of it is counted here; nothing is lost in silence.
 *
 * @param lane the lane that lost it, -1 for the writer
 * @param exchanges exchanges that lost at least their first event in this gap
 * @param events events lost
 * @param bytes body bytes lost
 */
public record Gap(long atNanos, LossReason reason, int lane, long exchanges, long events, long bytes)
        implements CaptureEvent {
    @Override
    public EventKind kind() {
        return EventKind.GAP;
    }
}
