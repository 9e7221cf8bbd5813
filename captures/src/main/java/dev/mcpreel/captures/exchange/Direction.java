package dev.mcpreel.captures.exchange;

/** Which way bytes went. */
public enum Direction {
    /** From the client to the server. */
    REQUEST,
    /** From the server to the client. */
    RESPONSE
}
