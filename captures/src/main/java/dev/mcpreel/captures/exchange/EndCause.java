package dev.mcpreel.captures.exchange;

/** How an exchange ended. */
public enum EndCause {
    /** The response arrived whole and was passed on. */
    COMPLETE,
    /** A side closed its connection before the response was whole. */
    CLOSED,
    /** A side reset its connection before the response was whole. */
    RESET,
    /** No connection to the upstream could be made. */
    CONNECT_FAILED,
    /** The request was not HTTP that can be relayed. */
    BAD_REQUEST,
    /** The response was not HTTP that can be relayed. */
    BAD_RESPONSE,
    /** The one who waited gave up: the deadline of a replayed call, or a request that never came whole. */
    TIMED_OUT,
    /** The recorder or the run stopped while the exchange was open. */
    SHUTDOWN,
    /** The recorder would not take it: there were too many connections. */
    REFUSED,
    /** The capture has no end for it: the recorder died, or its end was lost. Never written, only read. */
    UNKNOWN
}
