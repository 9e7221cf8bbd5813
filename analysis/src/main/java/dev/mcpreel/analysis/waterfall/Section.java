package dev.mcpreel.analysis.waterfall;

import java.util.List;

/**
 * Rows with no long pause between them.
 *
 * @param pauseNanos how long nothing was in flight before it; 0 for the first
 * @param thinking whether the agent ended that pause by a request of its own
 * @param pings requests in that pause that only keep the connection alive
 * @param startNanos where its part of the time axis begins
 * @param endNanos when the last of its work was done
 * @param rows in order of start, at least one
 */
public record Section(long pauseNanos, boolean thinking, int pings, long startNanos, long endNanos, List<Row> rows) {
    public Section {
        rows = List.copyOf(rows);
    }

    public long lengthNanos() {
        return endNanos - startNanos;
    }
}
