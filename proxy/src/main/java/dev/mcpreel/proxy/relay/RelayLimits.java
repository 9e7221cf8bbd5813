package dev.mcpreel.proxy.relay;

import java.time.Duration;

/**
 * The bounds of a proxy's connections.
 *
 * @param maxInitialLineBytes longest request or status line
 * @param maxHeaderBytes all header fields of one message together
 * @param connectTimeout how long an upstream may take to accept a connection
 * @param requestTimeout how long a client may take to send a request's head, or pause within its body; zero for as long as
 *     it likes
 * @param maxConnections connections of clients at a time; what comes beyond is answered with 503
 * @param lowWaterMarkBytes bytes waiting to be written at which reading from the other side goes on
 * @param highWaterMarkBytes bytes waiting to be written at which reading from the other side stops
 */
public record RelayLimits(
        int maxInitialLineBytes,
        int maxHeaderBytes,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxConnections,
        int lowWaterMarkBytes,
        int highWaterMarkBytes) {
    public static final RelayLimits DEFAULT = new RelayLimits(
            16 * 1024, 64 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(60), 10_000, 32 * 1024, 64 * 1024);

    public RelayLimits {
        if (maxInitialLineBytes < 1 || maxHeaderBytes < 1) {
            throw new IllegalArgumentException("the longest line and header are at least 1 byte");
        }
        if (connectTimeout.toMillis() < 1 || connectTimeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the connect timeout is between 1 ms and 24 days");
        }
        if (requestTimeout.isNegative() || requestTimeout.toDays() > 365) {
            throw new IllegalArgumentException("the request timeout is between 0, for none, and a year");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("at least one connection must be allowed");
        }
        if (lowWaterMarkBytes < 0 || highWaterMarkBytes < lowWaterMarkBytes) {
            throw new IllegalArgumentException("the low water mark is not above the high one");
        }
    }

    public RelayLimits withConnectTimeout(Duration timeout) {
        return new RelayLimits(
                maxInitialLineBytes,
                maxHeaderBytes,
                timeout,
                requestTimeout,
                maxConnections,
                lowWaterMarkBytes,
                highWaterMarkBytes);
    }

    public RelayLimits withRequestTimeout(Duration timeout) {
        return new RelayLimits(
                maxInitialLineBytes,
                maxHeaderBytes,
                connectTimeout,
                timeout,
                maxConnections,
                lowWaterMarkBytes,
                highWaterMarkBytes);
    }

    public RelayLimits withMaxConnections(int connections) {
        return new RelayLimits(
                maxInitialLineBytes,
                maxHeaderBytes,
                connectTimeout,
                requestTimeout,
                connections,
                lowWaterMarkBytes,
                highWaterMarkBytes);
    }
}
