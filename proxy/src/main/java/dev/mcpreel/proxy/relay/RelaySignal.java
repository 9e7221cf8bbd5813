package dev.mcpreel.proxy.relay;

/** What a proxy tells its open connections, as a user event on the client's channel. */
public enum RelaySignal {
    /** End the pair as soon as no exchange is in flight. */
    DRAIN,
    /** End the pair now. */
    CUT
}
