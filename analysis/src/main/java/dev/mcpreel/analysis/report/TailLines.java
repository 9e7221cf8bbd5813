package dev.mcpreel.analysis.report;

import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import java.util.List;

/** What happens in a capture as lines without their line feeds. Times are the capture's monotonic nanoseconds. */
public interface TailLines {
    /**
     * What a session came to.
     *
     * @param calls its tools/call requests
     * @param errors those of them in which the server failed the agent
     */
    record SessionNumbers(long startNanos, long endNanos, long calls, long errors) {}

    /** A request is answered, or can no longer be. */
    List<String> request(RequestTrace request);

    /** A call of several requests is over: one that became a task, or that was asked for more input. */
    List<String> call(Call call);

    /**
     * A session was met for the first time.
     *
     * @param client name and version as it gave them; empty when it did not
     */
    List<String> begin(String sessionId, String client, long atNanos);

    /** A session is over. */
    List<String> end(String sessionId, SessionNumbers numbers);

    /** The recorder says what it lost. */
    List<String> lost(Gap gap);

    /** Records will not come. */
    List<String> missing(long records, long atNanos);
}
