package dev.mcpreel.proxy.relay;

import java.time.Duration;

/**
 * The bounds of one connection pair.
 *
 * @param maxInitialLineBytes longest request or status line
 * @param maxHeaderBytes all header fields of one message together
 * @param connectTimeout how long an upstream may take to accept a connection
 * @param lowWaterMarkBytes bytes waiting to be written at which reading from the other side goes on
 * @param highWaterMarkBytes bytes waiting to be written at which reading from the other side stops
 */
public record RelayLimits(
        int maxInitialLineBytes,
        int maxHeaderBytes,
        Duration connectTimeout,
        int lowWaterMarkBytes,
        int highWaterMarkBytes) {
    public static final RelayLimits DEFAULT =
            new RelayLimits(16 * 1024, 64 * 1024, Duration.ofSeconds(10), 32 * 1024, 64 * 1024);

    public RelayLimits {
        if (maxInitialLineBytes < 1 || maxHeaderBytes < 1) {
            throw new IllegalArgumentException("the longest line and header are at least 1 byte");
        }
        if (connectTimeout.toMillis() < 1 || connectTimeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the connect timeout is between 1 ms and 24 days");
        }
        if (lowWaterMarkBytes < 0 || highWaterMarkBytes < lowWaterMarkBytes) {
            throw new IllegalArgumentException("the low water mark is not above the high one");
        }
    }
}
