package dev.mcpreel.captures.session;

import java.util.Locale;

/**
 * What held the exchanges of an agent session together; where it took several, the one that stands last here. Each has the
 * precision it had on traffic whose truth is known, rounded: see docs/SESSIONS.md.
 */
public enum KeyKind {
    /** The path of the requests, which the operator gave to each agent. */
    PATH(1.0),
    /** A header whose value the operator says is the agent's. */
    HEADER(1.0),
    /** A member of the messages' {@code _meta} whose value the operator says is the agent's. */
    META(1.0),
    /** The endpoint that the HTTP+SSE transport of 2024-11-05 gave for one stream. */
    ENDPOINT(1.0),
    /** A conversation id that clients of the field put into {@code _meta} or a header by themselves. */
    CONVERSATION(1.0),
    /** The trace id of a W3C {@code traceparent}. */
    TRACE(1.0),
    /** The transport session's {@code Mcp-Session-Id}: a gateway may use one for many agents. */
    SESSION_ID(0.75),
    /** The client's connection, for a server that gives no session id. */
    CONNECTION(0.9),
    /** A value the server gave to this agent and a later request used. */
    DATA_FLOW(0.85),
    /** JSON-RPC ids that continue one another, for a server that gives no session id. */
    ID_SEQUENCE(0.55),
    /** Transport sessions of one client that follow one another with a single call each. */
    CHAIN(0.55),
    /** The client's program, address and token: weak where many agents share them. */
    CLIENT(0.4),
    /** The client's address alone. */
    ADDRESS(0.35),
    /** The client's token, with its name: as weak as it gets where all use the same. */
    TOKEN(0.1),
    /**
     * The {@code Mcp-Session-Id} of a client that sends the same JSON-RPC id with every request, as gateways do that use one
     * session for many agents.
     */
    POOLED_SESSION(0.1);

    private final double confidence;

    KeyKind(double confidence) {
        this.confidence = confidence;
    }

    /** How sure the grouping is, from 0 to 1. An operator's key is taken at the operator's word. */
    public double confidence() {
        return confidence;
    }

    /** As it stands in reports: in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
