package dev.mcpreel.analysis.summary;

/** The parts of a report that metrics stand in, in order. */
public enum Section {
    /** What the agents asked of the server. */
    MCP,
    /** What that took in HTTP. */
    HTTP,
    /** Agents and their sessions, and how the load was made. */
    EXECUTION,
    /** Bytes. */
    NETWORK
}
