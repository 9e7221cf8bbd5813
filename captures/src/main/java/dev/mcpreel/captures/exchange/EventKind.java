package dev.mcpreel.captures.exchange;

/** The implementations of {@link CaptureEvent}, one constant each. */
public enum EventKind {
    REQUEST_HEAD,
    UPSTREAM_CONNECTED,
    RESPONSE_HEAD,
    BODY_PART,
    EXCHANGE_END,
    GAP,
    CLOCK_ANCHOR,
    NAME_DEFINED,
    STEP,
    RUN_SAMPLE,
    UPSTREAM_FAILED,
    TRAILERS,
    COUNTS
}
