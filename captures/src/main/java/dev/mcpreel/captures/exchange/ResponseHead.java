package dev.mcpreel.captures.exchange;

/** The status line and header fields of the final response; interim 1xx responses are relayed and not recorded. */
public record ResponseHead(
        long exchangeId, long connectionId, long atNanos, int status, String reason, String version, Headers headers)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.RESPONSE_HEAD;
    }
}
