package dev.mcpreel.captures.tap;

/**
 * How much the recorder may hold and how many threads it has.
 *
 * @param laneBytes room of each event loop's lane; what does not fit is lost to the recording
 * @param threads recorder threads, each with its share of the lanes
 */
public record RecorderOptions(long laneBytes, int threads) {
    public static final RecorderOptions DEFAULT = new RecorderOptions(16L * 1024 * 1024, 1);

    public RecorderOptions {
        if (laneBytes < 64 * 1024) {
            throw new IllegalArgumentException("laneBytes must be at least 65536, was " + laneBytes);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
    }
}
