package dev.mcpreel.replay.rig;

import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * How a run is played.
 *
 * @param target the server's MCP endpoint, {@code --target}
 * @param userAgent the {@code User-Agent} of every agent: {@code mcp-reel/<version>}
 * @param callTimeoutNanos how long an agent waits for an answer, {@code --call-timeout}; never divided by speed
 * @param gracefulStopNanos how long calls in flight may take when the run stops, {@code --graceful-stop}
 * @param loops event loops the agents are spread over
 */
public record RigConfig(URI target, String userAgent, long callTimeoutNanos, long gracefulStopNanos, int loops) {
    private static final long DEFAULT_CALL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long DEFAULT_GRACEFUL_STOP_NANOS = TimeUnit.SECONDS.toNanos(30);

    public RigConfig {
        require(callTimeoutNanos > 0, "--call-timeout must be longer than 0");
        require(gracefulStopNanos >= 0, "--graceful-stop must not be negative");
        require(loops > 0, "a run needs at least one event loop");
    }

    /** The defaults: 60 s for a call, 30 s to stop, one event loop per processor. */
    public static RigConfig of(URI target) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new RigConfig(target, "mcp-reel", DEFAULT_CALL_TIMEOUT_NANOS, DEFAULT_GRACEFUL_STOP_NANOS, processors);
    }

    public RigConfig withUserAgent(String value) {
        return new RigConfig(target, value, callTimeoutNanos, gracefulStopNanos, loops);
    }

    public RigConfig withCallTimeoutNanos(long value) {
        return new RigConfig(target, userAgent, value, gracefulStopNanos, loops);
    }

    public RigConfig withGracefulStopNanos(long value) {
        return new RigConfig(target, userAgent, callTimeoutNanos, value, loops);
    }

    public RigConfig withLoops(int value) {
        return new RigConfig(target, userAgent, callTimeoutNanos, gracefulStopNanos, value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RigException(RigException.Category.INPUT, message);
        }
    }
}
