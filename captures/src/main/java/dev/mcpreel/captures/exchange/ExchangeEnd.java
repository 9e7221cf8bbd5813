package dev.mcpreel.captures.exchange;

/**
 * The end of an exchange. Times that never came are 0.
 *
 * @param requestEndNanos when the last byte of the request was seen
 * @param responseEndNanos when the last byte of the response was seen
 * @param requestBytes body bytes of the request, as received, without chunk framing
 * @param responseBytes body bytes of the response, as received, without chunk framing
 * @param detail one line for people, for example why connecting failed; may be empty
 */
public record ExchangeEnd(
        long exchangeId,
        long connectionId,
        long atNanos,
        EndCause cause,
        EndedBy endedBy,
        long requestEndNanos,
        long responseEndNanos,
        long requestBytes,
        long responseBytes,
        String detail)
        implements ExchangeEvent {
    /** The same with other words for people. */
    public ExchangeEnd withDetail(String words) {
        return new ExchangeEnd(
                exchangeId,
                connectionId,
                atNanos,
                cause,
                endedBy,
                requestEndNanos,
                responseEndNanos,
                requestBytes,
                responseBytes,
                words);
    }

    @Override
    public EventKind kind() {
        return EventKind.EXCHANGE_END;
    }
}
