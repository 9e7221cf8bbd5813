package dev.mcpreel.analysis.calls;

/**
 * How many agents there were at once.
 *
 * @param last at the last moment of the capture
 * @param least at any moment between the first and the last agent
 * @param peak at any moment
 */
public record Concurrency(int last, int least, int peak) {
    static final Concurrency NONE = new Concurrency(0, 0, 0);
}
