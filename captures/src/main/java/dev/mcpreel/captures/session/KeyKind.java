package dev.mcpreel.captures.session;

/** What held the exchanges of a session together, strongest first. */
public enum KeyKind {
    /** The transport session's {@code Mcp-Session-Id}. */
    SESSION_ID(1.0),
    /** The client's connection, for a server that gives no session id. */
    CONNECTION(0.8),
    /** JSON-RPC ids that continue one another, for a server that gives no session id. */
    ID_SEQUENCE(0.7),
    /** The client's address, user agent and token: weak where many agents share them. */
    CLIENT(0.4);

    private final double confidence;

    KeyKind(double confidence) {
        this.confidence = confidence;
    }

    /** How sure the grouping is, from 0 to 1. */
    public double confidence() {
        return confidence;
    }
}
