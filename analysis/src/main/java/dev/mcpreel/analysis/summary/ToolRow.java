package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.RequestTally;
import org.jspecify.annotations.Nullable;

/**
 * One tool's calls.
 *
 * @param tool the name as it stood on the wire: not to be printed unescaped
 * @param perSecond over the span of the capture's traffic
 * @param success null when no call was answered or failed
 * @param errors calls the server failed
 * @param duration service time; null when no call has one
 */
public record ToolRow(
        String tool,
        long calls,
        double perSecond,
        Metric.@Nullable Rate success,
        long errors,
        Metric.@Nullable Trend duration) {
    static ToolRow of(String tool, RequestTally tally, long spanNanos) {
        return new ToolRow(
                tool,
                tally.made(),
                Metric.Counter.of(tally.made(), spanNanos).perSecond(),
                Metric.Rate.of(tally.succeeded(), tally.failed()),
                tally.failed(),
                Metric.Trend.ofNanos(tally.service()));
    }
}
