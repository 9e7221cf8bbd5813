package dev.mcpreel.captures.exchange;

/**
 * The upstream this exchange went to, once its connection stood.
 *
 * @param address the address connected to, as {@code ip:port}
 * @param reused whether the connection had carried an earlier exchange
 * @param connectNanos how long connecting took; 0 when reused
 */
public record UpstreamConnected(
        long exchangeId,
        long connectionId,
        long atNanos,
        UpstreamPick pick,
        String address,
        boolean reused,
        long connectNanos)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.UPSTREAM_CONNECTED;
    }

    /** The name of the instance as configured. */
    public String instance() {
        return pick.instance();
    }
}
