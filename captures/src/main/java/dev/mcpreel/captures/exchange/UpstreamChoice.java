package dev.mcpreel.captures.exchange;

/** Why an exchange went to the upstream it went to. */
public enum UpstreamChoice {
    /** There was no other. */
    ONLY,
    /** The balancing strategy chose freely: nothing tied the exchange to an upstream. */
    BALANCED,
    /** The upstream its session, client or header value is bound to. */
    BOUND,
    /** Bound to an upstream that could not be reached, and therefore moved to this one: a hop. */
    REBOUND
}
