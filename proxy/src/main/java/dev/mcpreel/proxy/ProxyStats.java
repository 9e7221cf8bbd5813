package dev.mcpreel.proxy;

/**
 * What a proxy is doing at one moment.
 *
 * @param openConnections connections of clients
 * @param exchangesInFlight exchanges begun and not ended
 * @param tapFailures exchanges whose recording was given up because the recorder threw
 */
public record ProxyStats(int openConnections, int exchangesInFlight, long tapFailures) {}
