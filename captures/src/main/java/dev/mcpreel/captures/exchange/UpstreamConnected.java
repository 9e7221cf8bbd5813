package dev.mcpreel.captures.exchange;

/**
 * The upstream this exchange went to, once its connection stood.
 *
 * @param instance the name of the instance as configured, for example {@code http://127.0.0.1:3001}
 * @param address the address connected to, as {@code ip:port}
 * @param reused whether the connection had carried an earlier exchange
 * @param connectNanos how long connecting took; 0 when reused
 */
public record UpstreamConnected(
        long exchangeId,
        long connectionId,
        long atNanos,
        String instance,
        String address,
        boolean reused,
        long connectNanos)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.UPSTREAM_CONNECTED;
    }
}
