package dev.mcpreel.captures.tap;

/**
 * How much the recorder may hold and how many threads it has.
 *
 * @param laneBytes room of each event loop's lane; what does not fit is lost to the recording
 * @param threads recorder threads, each with its share of the lanes
 * @param assemblyBytes what the messages under way on one recorder thread may hold together; a body that does not fit is
 *     kept as its length only
 * @param filter what is left out on purpose
 */
public record RecorderOptions(long laneBytes, int threads, long assemblyBytes, TrafficFilter filter) {
    public static final RecorderOptions DEFAULT =
            new RecorderOptions(16L * 1024 * 1024, 1, 64L * 1024 * 1024, TrafficFilter.NONE);

    private static final int LEAST_BYTES = 64 * 1024;

    public RecorderOptions {
        if (laneBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("laneBytes must be at least 65536, was " + laneBytes);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        if (assemblyBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("assemblyBytes must be at least 65536, was " + assemblyBytes);
        }
    }

    /** With the default for {@link #assemblyBytes}, and keeping everything. */
    public RecorderOptions(long laneBytes, int threads) {
        this(laneBytes, threads, DEFAULT.assemblyBytes, TrafficFilter.NONE);
    }

    public RecorderOptions withFilter(TrafficFilter other) {
        return new RecorderOptions(laneBytes, threads, assemblyBytes, other);
    }
}
