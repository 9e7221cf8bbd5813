package dev.mcpreel.replay.rig;

import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * How a run is played, besides its plan.
 *
 * @param target the server's MCP endpoint, {@code --target}
 * @param userAgent the {@code User-Agent} of every agent: {@code mcp-reel/<version>}
 * @param gracefulStopNanos how long calls in flight may take when the run stops, {@code --graceful-stop}
 * @param loops event loops the agents are spread over
 */
public record RigConfig(URI target, String userAgent, long gracefulStopNanos, int loops) {
    private static final long DEFAULT_GRACEFUL_STOP_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** @throws RigException naming the option that cannot be */
    public RigConfig {
        require(gracefulStopNanos >= 0, "--graceful-stop must not be negative");
        require(loops > 0, "a run needs at least one event loop");
    }

    /** The defaults: 30 s to stop, one event loop per processor. */
    public static RigConfig of(URI target) {
        return new RigConfig(
                target,
                "mcp-reel",
                DEFAULT_GRACEFUL_STOP_NANOS,
                Runtime.getRuntime().availableProcessors());
    }

    public RigConfig withUserAgent(String value) {
        return new RigConfig(target, value, gracefulStopNanos, loops);
    }

    public RigConfig withGracefulStopNanos(long value) {
        return new RigConfig(target, userAgent, value, loops);
    }

    public RigConfig withLoops(int value) {
        return new RigConfig(target, userAgent, gracefulStopNanos, value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RigException(RigException.Category.INPUT, message);
        }
    }
}
