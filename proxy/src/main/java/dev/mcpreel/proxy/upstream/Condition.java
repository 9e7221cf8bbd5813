package dev.mcpreel.proxy.upstream;

/** A stretch of time in which an upstream could be connected to, or could not. Told apart by identity. Immutable. */
final class Condition {
    private final boolean up;
    private final long sinceNanos;
    private final String reason;

    private Condition(boolean up, long sinceNanos, String reason) {
        this.up = up;
        this.sinceNanos = sinceNanos;
        this.reason = reason;
    }

    static Condition up(long sinceNanos) {
        return new Condition(true, sinceNanos, "");
    }

    static Condition down(long sinceNanos, String reason) {
        return new Condition(false, sinceNanos, reason);
    }

    boolean isUp() {
        return up;
    }

    /** When it began, on the monotonic clock. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Why it is down, in a few words; empty when it is up. */
    String reason() {
        return reason;
    }
}
