package dev.mcpreel.captures.exchange;

/**
 * The request line and header fields.
 *
 * @param atNanos when the head was seen: the first byte of the request, to within one read of the socket
 * @param peer the client's address as {@code host:port}
 * @param target the request target exactly as sent, for example {@code /mcp?x=1}
 * @param version for example {@code HTTP/1.1}
 */
public record RequestHead(
        long exchangeId,
        long connectionId,
        long atNanos,
        String peer,
        String method,
        String target,
        String version,
        Headers headers)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.REQUEST_HEAD;
    }
}
