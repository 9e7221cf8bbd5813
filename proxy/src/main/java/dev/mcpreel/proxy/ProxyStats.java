package dev.mcpreel.proxy;

/**
 * What a proxy is doing at one moment.
 *
 * @param openConnections connections of clients
 * @param exchangesInFlight exchanges begun and not ended
 * @param streams those of the exchanges in flight that are standing streams, a GET or a {@code subscriptions/listen} answered
 *     with {@code text/event-stream}; nobody waits for their end, so {@link RecordingProxy#close} does not either
 * @param turnedAway connections that were one too many
 * @param tapFailures exchanges whose recording was given up because the recorder threw
 */
public record ProxyStats(int openConnections, int exchangesInFlight, int streams, long turnedAway, long tapFailures) {
    /** Exchanges in flight that {@link RecordingProxy#close} lets finish. */
    public int calls() {
        return Math.max(0, exchangesInFlight - streams);
    }
}
