package dev.mcpreel.captures.exchange;

/** The fields that came behind a chunked body, RFC 9110 section 6.5; only where there were any. */
public record Trailers(long exchangeId, long connectionId, long atNanos, Direction direction, Headers headers)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.TRAILERS;
    }
}
