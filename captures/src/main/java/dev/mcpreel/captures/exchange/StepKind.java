package dev.mcpreel.captures.exchange;

/** What a step of a replay does. */
public enum StepKind {
    /** Sends a JSON-RPC request and waits for its answer. */
    REQUEST,
    /** Sends a notification. */
    NOTIFICATION,
    /** Opens the standalone event stream (GET) and holds it. */
    STREAM,
    /** Ends the transport session (DELETE). */
    DELETE
}
