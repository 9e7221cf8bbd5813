package dev.mcpreel.captures.session;

import java.util.List;

/**
 * When what happened to a request: the recorder's monotonic nanoseconds, 0 when the moment never came.
 *
 * @param startNanos first byte of the request
 * @param requestEndNanos last byte of the request
 * @param headNanos response head
 * @param firstEventNanos first event or body byte of the response; comments and priming events do not count
 * @param progressNanos each notifications/progress with its token, in order; the first 256
 * @param doneNanos when the answer was complete: the blank line that ended its event, or the end of the JSON body; for a
 *     request never answered, when that was known
 * @param streamEndNanos when the response it came on ended, often later
 * @param answeringNanos a duration: what the agent itself took to answer the server's own requests meanwhile
 */
public record RequestTimes(
        long startNanos,
        long requestEndNanos,
        long headNanos,
        long firstEventNanos,
        List<Long> progressNanos,
        long doneNanos,
        long streamEndNanos,
        long answeringNanos) {
    public RequestTimes {
        progressNanos = List.copyOf(progressNanos);
    }
}
