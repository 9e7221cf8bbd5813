package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Computes a {@link SessionShape} request by request, in memory that depends on how much is in flight and on the number of
 * tools, not on the length of the session.
 */
final class ShapeFold {
    private static final int TOOL_RUNS = 512;
    private static final int TOOLS = 1_000;
    private static final int LISTS = 64;

    /** A revision the server does not speak (2026-07-28, basic/versioning). */
    private static final int UNSUPPORTED_VERSION = -32022;

    private final long burstNanos;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<ToolRun> tools = new ArrayList<>(4);
    private final Map<String, Long> toolCounts = new LinkedHashMap<>(4);
    private final Spread burstSizes = new Spread();
    private final Spread burstParallelism = new Spread();
    private final Spread idleGaps = new Spread();
    private final Spread thinkTimes = new Spread();
    private final PriorityQueue<Long> inFlight = new PriorityQueue<>(2);
    private final PriorityQueue<Long> callsInFlight = new PriorityQueue<>(2);
    private final Map<String, Long> challenged = new HashMap<>(0);
    private final Set<Integer> listed = new HashSet<>(0);
    private ListCost lists = ListCost.NONE;
    private long exchanges;
    private long requests;
    private long calls;
    private long callRequests;
    private long longestCallNanos;
    private long errors;
    private long failedOpenings;
    private long sessionsLost;
    private long serverRequests;
    private long burst;
    private long burstMost;
    private int parallelism;
    private boolean apart = true;
    private boolean sequenceIsFull;
    private long coveredUntil = Long.MIN_VALUE;
    private long lastStart = Long.MIN_VALUE;
    private long lastDone = Long.MIN_VALUE;

    ShapeFold(long burstNanos) {
        this.burstNanos = burstNanos;
    }

    void exchange() {
        exchanges++;
    }

    void serverRequest() {
        serverRequests++;
    }

    /** Takes over the exchanges and server requests of another one that has no request yet. */
    void takeOver(ShapeFold other) {
        exchanges += other.exchanges;
        serverRequests += other.serverRequests;
    }

    void call(Call call) {
        calls++;
        outcomes.merge(call.outcome(), 1L, Long::sum);
        longestCallNanos = Math.max(longestCallNanos, call.durationNanos());
    }

    /** What only the whole request and its answer show; in any order. */
    void settled(RequestTrace request) {
        if (!request.method().equals("tools/list")) {
            return;
        }
        JsonRpcMessage.Response answer = request.answer();
        if (answer == null || answer.isError()) {
            lists = lists.plus(1, 0, 0, 0);
            return;
        }
        JsonNode result = answer.result();
        if (listed.size() < LISTS && listed.add(result.hashCode())) {
            int bytes = result.toString().getBytes(StandardCharsets.UTF_8).length;
            lists = lists.plus(1, bytes, result.path("tools").size(), 0);
        } else {
            lists = lists.plus(1, 0, 0, 1);
        }
    }

    /**
     * The next request in order of start.
     *
     * @param continues whether it is a further leg of a call that is open: what lies before it is no pause of the agent's
     */
    void next(RequestTrace request, boolean continues) {
        requests++;
        sessionsLost += request.outcome() == Outcome.SESSION_LOST ? 1 : 0;
        judge(request);
        if (!isUpkeep(request.method())) {
            work(request, continues);
        }
    }

    private void judge(RequestTrace request) {
        String method = request.method();
        boolean opening = method.equals("initialize") || method.equals("server/discover");
        if (!request.outcome().isError()) {
            failedOpenings = opening ? 0 : failedOpenings;
            challenged.remove(method);
        } else if (opening) {
            failedOpenings += request.isDeclinedProbe() ? 0 : 1;
        } else if (isChallenge(request) && challenged.size() < TOOLS) {
            challenged.merge(method, 1L, Long::sum);
        } else {
            errors++;
        }
    }

    private static boolean isChallenge(RequestTrace request) {
        return switch (request.outcome()) {
            case HTTP_ERROR -> request.code() == 401;
            case RPC_ERROR -> request.code() == UNSUPPORTED_VERSION;
            default -> false;
        };
    }

    private static boolean isUpkeep(String method) {
        return method.equals("ping") || method.equals("subscriptions/listen");
    }

    private void work(RequestTrace request, boolean continues) {
        long start = request.startNanos();
        for (Long done = inFlight.peek(); done != null && done <= start; done = inFlight.peek()) {
            lastDone = Math.max(lastDone, inFlight.remove());
        }
        inFlight.add(request.doneNanos());
        parallelism = Math.max(parallelism, inFlight.size());
        if (!continues && lastStart != Long.MIN_VALUE && lastDone >= lastStart && start >= lastStart) {
            thinkTimes.add(start - lastDone);
        }
        if (!continues && coveredUntil != Long.MIN_VALUE && start > coveredUntil) {
            idleGaps.add(start - coveredUntil);
            apart |= start - coveredUntil > burstNanos;
        }
        coveredUntil = Math.max(coveredUntil, request.doneNanos());
        lastStart = Math.max(lastStart, start);
        callRequests += request.isCall() ? 1 : 0;
        if (request.isCall() && !continues) {
            toolCall(request);
        }
    }

    private void toolCall(RequestTrace request) {
        if (apart) {
            endBurst();
            apart = false;
        }
        long start = request.startNanos();
        for (Long done = callsInFlight.peek(); done != null && done <= start; done = callsInFlight.peek()) {
            callsInFlight.remove();
        }
        callsInFlight.add(request.doneNanos());
        burst++;
        burstMost = Math.max(burstMost, callsInFlight.size());
        String tool = request.tool() == null ? "" : request.tool();
        toolCounts.merge(toolCounts.size() < TOOLS || toolCounts.containsKey(tool) ? tool : "", 1L, Long::sum);
        int last = tools.size() - 1;
        if (last >= 0 && tools.get(last).tool().equals(tool) && !sequenceIsFull) {
            tools.set(last, new ToolRun(tool, tools.get(last).count() + 1));
        } else if (tools.size() < TOOL_RUNS) {
            tools.add(new ToolRun(tool, 1));
        } else {
            sequenceIsFull = true;
        }
    }

    private void endBurst() {
        if (burst > 0) {
            burstSizes.add(burst);
            burstParallelism.add(burstMost);
        }
        burst = 0;
        burstMost = 0;
        callsInFlight.clear();
    }

    /** The shape of all that was given. Nothing may follow. */
    SessionShape shape() {
        endBurst();
        long challenges =
                challenged.values().stream().mapToLong(Long::longValue).sum();
        return new SessionShape(
                exchanges,
                requests,
                calls,
                callRequests,
                outcomes,
                longestCallNanos,
                tools,
                toolCounts,
                burstSizes,
                burstParallelism,
                idleGaps,
                thinkTimes,
                parallelism,
                errors + failedOpenings + challenges,
                sessionsLost,
                serverRequests,
                lists);
    }
}
