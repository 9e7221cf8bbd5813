package dev.mcpreel.captures.session;

/**
 * How the session model works.
 *
 * @param keepExchanges whether sessions keep their exchanges with every message, as planning a replay needs; otherwise
 *     their exchanges are empty, and their requests keep names, ids and outcomes but no arguments and no results
 * @param sessionGapNanos a longer stretch with nothing in flight ends an agent session
 */
public record SessionOptions(boolean keepExchanges, long sessionGapNanos) {
    private static final long DEFAULT_GAP_NANOS = 30L * 60 * 1_000_000_000;

    /** Exchanges not kept, and a gap of 30 minutes. */
    public static SessionOptions defaults() {
        return new SessionOptions(false, DEFAULT_GAP_NANOS);
    }

    /** The same with exchanges kept. */
    public SessionOptions keepingExchanges() {
        return new SessionOptions(true, sessionGapNanos);
    }
}
