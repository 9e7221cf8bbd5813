package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * @param calls tools/call requests
 * @param tools the calls in order of start, equal neighbours joined
 * @param bursts how many bursts
 * @param largestBurst calls in the largest burst
 * @param longestIdleGapNanos 0 when there is none
 * @param thinkNanos the sum of the think times
 * @param thinkTimesNanos in order
 * @param errors requests whose outcome is an error, less negotiation: an initialize or server/discover that a later
 *     initialize made good, and a 401 that a later request of the same method made good
 * @param parallelism the most requests in flight at one time
 */
public record SessionShape(
        int calls,
        List<ToolRun> tools,
        int bursts,
        int largestBurst,
        long longestIdleGapNanos,
        long thinkNanos,
        List<Long> thinkTimesNanos,
        int errors,
        int parallelism) {
    /** The burst threshold unless an operator says otherwise: 1 s. */
    public static final long DEFAULT_BURST_NANOS = 1_000_000_000L;

    public SessionShape {
        tools = List.copyOf(tools);
        thinkTimesNanos = List.copyOf(thinkTimesNanos);
    }

    /**
     * Computes the shape of a session.
     *
     * @param burstThresholdNanos the longest idle gap inside a burst
     */
    public static SessionShape of(AgentSession session, long burstThresholdNanos) {
        List<RequestTrace> all = session.requests();
        List<RequestTrace> work = all.stream()
                .filter(request -> !isUpkeep(request.method()))
                .sorted(Comparator.comparingLong(RequestTrace::startNanos))
                .toList();
        Pass pass = new Pass(burstThresholdNanos);
        work.forEach(pass::take);
        List<Long> thinkTimes = thinkTimes(work);
        return new SessionShape(
                pass.calls,
                pass.tools,
                pass.bursts,
                pass.largestBurst,
                pass.longestIdleGapNanos,
                thinkTimes.stream().mapToLong(Long::longValue).sum(),
                thinkTimes,
                errors(all),
                parallelism(work));
    }

    /** How often each tool was called, in order of first use. */
    public Map<String, Integer> toolCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        tools.forEach(run -> counts.merge(run.tool(), run.count(), Integer::sum));
        return counts;
    }

    private static boolean isUpkeep(String method) {
        return method.equals("ping") || method.equals("subscriptions/listen");
    }

    private static List<Long> thinkTimes(List<RequestTrace> work) {
        List<Long> times = new ArrayList<>();
        long[] done = sorted(work, false);
        int answered = 0;
        for (int i = 0; i < work.size(); i++) {
            long start = work.get(i).startNanos();
            while (answered < done.length && done[answered] <= start) {
                answered++;
            }
            if (i > 0 && answered > 0 && done[answered - 1] >= work.get(i - 1).startNanos()) {
                times.add(start - done[answered - 1]);
            }
        }
        return times;
    }

    private static int parallelism(List<RequestTrace> work) {
        long[] starts = sorted(work, true);
        long[] done = sorted(work, false);
        int most = 0;
        int ended = 0;
        for (int i = 0; i < starts.length; i++) {
            while (ended < i && done[ended] <= starts[i]) {
                ended++;
            }
            most = Math.max(most, i + 1 - ended);
        }
        return most;
    }

    private static long[] sorted(List<RequestTrace> work, boolean starts) {
        long[] times = work.stream()
                .mapToLong(request -> starts ? request.startNanos() : request.doneNanos())
                .toArray();
        Arrays.sort(times);
        return times;
    }

    private static int errors(List<RequestTrace> requests) {
        int errors = 0;
        for (int i = 0; i < requests.size(); i++) {
            RequestTrace request = requests.get(i);
            if (request.outcome().isError() && !madeGood(request, requests.subList(i + 1, requests.size()))) {
                errors++;
            }
        }
        return errors;
    }

    private static boolean madeGood(RequestTrace failed, List<RequestTrace> later) {
        boolean opening =
                failed.method().equals("initialize") || failed.method().equals("server/discover");
        boolean challenged = failed.outcome() == Outcome.HTTP_ERROR && failed.code() == 401;
        if (!opening && !challenged) {
            return false;
        }
        return later.stream()
                .filter(request -> !request.outcome().isError())
                .anyMatch(request -> (opening && request.method().equals("initialize"))
                        || (challenged && request.method().equals(failed.method())));
    }

    /** Walks the requests once for everything that follows from the stretch covered so far. */
    private static final class Pass {
        private final long thresholdNanos;
        private final List<ToolRun> tools = new ArrayList<>();
        private int calls;
        private int bursts;
        private int burst;
        private int largestBurst;
        private long longestIdleGapNanos;
        private long coveredUntil = Long.MAX_VALUE;
        private boolean apart = true;

        Pass(long thresholdNanos) {
            this.thresholdNanos = thresholdNanos;
        }

        void take(RequestTrace request) {
            boolean first = coveredUntil == Long.MAX_VALUE;
            long gap = first ? 0 : request.startNanos() - coveredUntil;
            longestIdleGapNanos = Math.max(longestIdleGapNanos, gap);
            apart |= gap > thresholdNanos;
            coveredUntil = first ? request.doneNanos() : Math.max(coveredUntil, request.doneNanos());
            if (request.isCall()) {
                call(request);
            }
        }

        private void call(RequestTrace request) {
            calls++;
            burst = apart ? 1 : burst + 1;
            bursts += apart ? 1 : 0;
            apart = false;
            largestBurst = Math.max(largestBurst, burst);
            String tool = request.tool();
            String name = tool == null ? "" : tool;
            int last = tools.size() - 1;
            if (last >= 0 && tools.get(last).tool().equals(name)) {
                tools.set(last, new ToolRun(name, tools.get(last).count() + 1));
            } else {
                tools.add(new ToolRun(name, 1));
            }
        }
    }
}
