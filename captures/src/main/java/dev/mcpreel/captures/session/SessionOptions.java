package dev.mcpreel.captures.session;

/**
 * How the session model works.
 *
 * @param keep of which sessions exchanges, requests and calls are kept; the others have a shape only
 * @param sessionGapNanos a longer stretch with nothing in flight ends an agent session
 * @param agentKey what tells one agent from another
 * @param burstNanos the longest idle gap inside a burst
 */
public record SessionOptions(Keep keep, long sessionGapNanos, AgentKey agentKey, long burstNanos) {
    private static final long DEFAULT_GAP_NANOS = 30L * 60 * 1_000_000_000;

    /** Nothing kept, a gap of 30 minutes, bursts of 1 s, and the strongest key there is. */
    public static SessionOptions defaults() {
        return new SessionOptions(Keep.nothing(), DEFAULT_GAP_NANOS, AgentKey.AUTO, SessionShape.DEFAULT_BURST_NANOS);
    }

    /** The same with all sessions kept. */
    public SessionOptions keepingExchanges() {
        return keeping(Keep.everything());
    }

    public SessionOptions keeping(Keep other) {
        return new SessionOptions(other, sessionGapNanos, agentKey, burstNanos);
    }

    public SessionOptions withSessionGap(long nanos) {
        return new SessionOptions(keep, nanos, agentKey, burstNanos);
    }

    public SessionOptions withAgentKey(AgentKey other) {
        return new SessionOptions(keep, sessionGapNanos, other, burstNanos);
    }

    public SessionOptions withBurst(long nanos) {
        return new SessionOptions(keep, sessionGapNanos, agentKey, nanos);
    }
}
