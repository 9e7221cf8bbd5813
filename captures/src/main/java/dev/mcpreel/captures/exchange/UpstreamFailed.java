package dev.mcpreel.captures.exchange;

/**
 * An upstream this exchange was given to could not be connected to. Another one may have been tried after it.
 *
 * @param reason a few words for people, for example {@code connection refused}
 * @param connectNanos how long the attempt took
 */
public record UpstreamFailed(
        long exchangeId, long connectionId, long atNanos, UpstreamPick pick, String reason, long connectNanos)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.UPSTREAM_FAILED;
    }
}
