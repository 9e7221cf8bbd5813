package dev.mcpreel.captures.exchange;

/**
 * Something that happened in one HTTP request and its response. The events of one exchange stand in a capture in the
 * order they happened; events of different exchanges may be interleaved, and are ordered by {@link #atNanos()} only.
 */
public sealed interface ExchangeEvent extends CaptureEvent
        permits RequestHead, UpstreamConnected, UpstreamFailed, ResponseHead, BodyPart, Trailers, ExchangeEnd {
    /** Unique in the capture, never 0. */
    long exchangeId();

    /** The client's connection, unique in the capture, never 0. */
    long connectionId();
}
