package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of an agent session, computed from its requests. A request is in flight over {@code [start, done]}. Pings and
 * {@code subscriptions/listen} are left out of everything but the errors, and the standalone stream is no request: the
 * first keep connections alive, the others stay open by design, and neither is the agent's work.
 *
 * <p>With the requests in order of start, {@code r(1) .. r(n)}:
 * <ul>
 *   <li>an <b>idle gap</b> before {@code r(i)} is {@code r(i).start - max(r(j).done for j < i)}, where positive;
 *   <li>a <b>burst</b> is a longest run of calls with no idle gap above the threshold between two of them, whatever
 *       other requests stand between;
 *   <li>a <b>think time</b> is {@code r(i).start - a(i)}, where {@code a(i)} is the latest {@code done} at or before
 *       {@code r(i).start}: the moment the agent had every answer it waited for. Requests sent together count once:
 *       there is one only if {@code a(i)} is at or after {@code r(i-1).start}. An answer still out when {@code r(i)} was
 *       sent was not waited for. So think times equal the idle gaps where nothing overlaps.
 * </ul>
 *
 * <p>A further leg of a call, a task's poll for one, is no beginning of anything: no gap and no think time is before it, and
 * bursts and tools count the call once.
 *
 * @param exchanges HTTP exchanges, standalone streams included
 * @param requests all of them, pings included
 * @param calls calls with all their legs joined
 * @param callRequests tools/call requests: more than calls where a call had several legs
 * @param outcomes of the calls
 * @param longestCallNanos 0 without calls
 * @param tools what was called in order of start, a call in legs once, equal neighbours joined; the first 512 runs
 * @param toolCounts how often each tool was called, in order of first use; from the 1,000th name on under {@code ""}
 * @param burstSizes calls of each burst, one in legs once
 * @param burstParallelism for each burst the most tools/call requests in flight at one time
 * @param idleGaps nanoseconds
 * @param thinkTimes nanoseconds
 * @param parallelism the most requests in flight at one time
 * @param errors requests whose outcome is an error, less negotiation: an initialize or server/discover that a later one
 *     made good, and a 401 or a refused revision that a later request of the same method made good
 * @param sessionsLost requests with {@link Outcome#SESSION_LOST}
 * @param serverRequests requests of the server to the agent, less pings
 * @param lists what it cost to list the tools
 */
public record SessionShape(
        long exchanges,
        long requests,
        long calls,
        long callRequests,
        Map<Outcome, Long> outcomes,
        long longestCallNanos,
        List<ToolRun> tools,
        Map<String, Long> toolCounts,
        Spread burstSizes,
        Spread burstParallelism,
        Spread idleGaps,
        Spread thinkTimes,
        int parallelism,
        long errors,
        long sessionsLost,
        long serverRequests,
        ListCost lists) {
    /** The burst threshold unless an operator says otherwise: 1 s. */
    public static final long DEFAULT_BURST_NANOS = 1_000_000_000L;

    public SessionShape {
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        tools = List.copyOf(tools);
        toolCounts = Collections.unmodifiableMap(new LinkedHashMap<>(toolCounts));
    }

    /**
     * The shape of requests that are all plain calls or no calls.
     *
     * @param requests in any order
     * @param burstThresholdNanos the longest idle gap inside a burst
     */
    public static SessionShape of(List<RequestTrace> requests, long burstThresholdNanos) {
        ShapeFold fold = new ShapeFold(burstThresholdNanos);
        requests.stream().sorted(RequestOrder.BY_START).forEach(request -> {
            fold.exchange();
            fold.settled(request);
            fold.next(request, false);
            if (request.isCall()) {
                fold.call(Call.plain(request));
            }
        });
        return fold.shape();
    }

    public long bursts() {
        return burstSizes.count();
    }

    /** Calls in the largest burst. */
    public long largestBurst() {
        return burstSizes.max();
    }

    /** 0 when there is none. */
    public long longestIdleGapNanos() {
        return idleGaps.max();
    }

    /** The sum of the think times. */
    public long thinkNanos() {
        return thinkTimes.sum();
    }

    /** HTTP exchanges for each call; 0 without calls. */
    public double exchangesPerCall() {
        return calls == 0 ? 0 : (double) exchanges / calls;
    }

    /** Whether it called tools that it never asked for: the client knew them from before. */
    public boolean listedFromCache() {
        return calls > 0 && lists.asked() == 0;
    }
}
