package dev.mcpreel.captures.exchange;

/** Who ended an exchange. */
public enum EndedBy {
    /** The client of the recorder; in a replay the agent itself. */
    CLIENT,
    /** The server. */
    UPSTREAM,
    /** The recorder. */
    RECORDER,
    /** Not known, for an exchange without an end. */
    UNKNOWN
}
