package dev.mcpreel.analysis.calls;

/** From the first to the last moment of traffic: of exchanges and steps, not of clock anchors or run samples. */
public final class Span {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Span() {}

    void include(long atNanos) {
        first = Math.min(first, atNanos);
        last = Math.max(last, atNanos);
    }

    public boolean isEmpty() {
        return last == Long.MIN_VALUE;
    }

    /** 0 when there was no traffic, or one moment of it. */
    public long nanos() {
        return isEmpty() ? 0 : last - first;
    }
}
