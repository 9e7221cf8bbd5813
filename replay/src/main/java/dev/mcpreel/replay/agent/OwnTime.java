package dev.mcpreel.replay.agent;

/** How long an agent answered the server while a step waited; answers given at the same time count once. */
final class OwnTime {
    private int answering;
    private long sinceNanos;
    private long total;

    void begin(long nanos) {
        if (answering++ == 0) {
            sinceNanos = nanos;
        }
    }

    void end(long nanos) {
        if (answering > 0 && --answering == 0) {
            total += Math.max(0, nanos - sinceNanos);
        }
    }

    /** So far, an answering that still goes on included. */
    long totalNanos(long nowNanos) {
        return answering == 0 ? total : total + Math.max(0, nowNanos - sinceNanos);
    }
}
