package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Joins the legs of the calls of one agent session. A result of type {@code input_required} is joined to the tools/call that
 * echoes its {@code requestState}, or else asks the same with {@code inputResponses} (revision 2026-07-28,
 * basic/patterns/mrtr). A task is joined to what names its {@code taskId} (revision 2025-11-25, basic/utilities/tasks, and
 * the extension io.modelcontextprotocol/tasks).
 */
final class CallJoiner {
    /** Calls that wait for another leg; the oldest is given up beyond them. */
    private static final int OPEN = 1_024;

    /** Of arguments and results of calls that wait, as they were sent. */
    private static final long WHOLE_BYTES = 4L << 20;

    private final List<OpenCall> open = new ArrayList<>(0);

    /** Whether there may be more to it than the request and its answer: a call that goes on or was gone on with, or a task's. */
    static boolean isLeg(RequestTrace request) {
        if (!request.isCall()) {
            return request.method().startsWith("tasks/");
        }
        JsonNode params = params(request);
        JsonNode result = result(request);
        return params.has("requestState")
                || params.has("inputResponses")
                || createdTask(result) != null
                || isInputRequired(result);
    }

    private static boolean isInputRequired(JsonNode result) {
        return "input_required".equals(text(result.path("resultType")));
    }

    /**
     * The next leg, in order of start: one may be answered before another that began earlier is over.
     *
     * @param request with all it has
     * @param keepsAll whether the legs in the middle keep all they have, too
     * @return the calls that are over with it
     */
    List<Call> settled(RequestTrace request, boolean keepsAll) {
        if (request.isCall()) {
            return called(request, keepsAll);
        }
        String taskId = request.method().startsWith("tasks/") ? taskId(params(request)) : null;
        OpenCall call = taskId == null ? null : find(taskId);
        if (call == null) {
            return List.of();
        }
        Verdict verdict = call.task().asked(request);
        call.addLeg(request, keepsAll);
        if (verdict == null) {
            bound(call, keepsAll);
            return List.of();
        }
        return over(call, verdict, request.doneNanos());
    }

    /** What waits for another leg holds no more than that. */
    private void bound(OpenCall call, boolean keepsAll) {
        if (!keepsAll && open.stream().mapToLong(OpenCall::wholeBytes).sum() > WHOLE_BYTES) {
            call.trim();
        }
    }

    private List<Call> called(RequestTrace request, boolean keepsAll) {
        OpenCall continued = open.isEmpty() ? null : continuedBy(params(request));
        JsonNode result = result(request);
        String created = createdTask(result);
        boolean inputRequired = isInputRequired(result);
        if (continued == null && created == null && !inputRequired) {
            return List.of(Call.plain(request));
        }
        OpenCall call = continued == null ? new OpenCall() : continued;
        call.addLeg(request, keepsAll);
        if (inputRequired) {
            call.askedFor(text(result.path("requestState")), params(request));
        } else if (continued != null
                && request.answer() == null
                && request.outcome().isError()) {
            // Lost on the way: the client has to send it again, under a new id (2026-07-28, basic/transports).
            call.asksStill();
        } else if (created != null) {
            call.becomes(new TaskLegs(created, result.path("task").isObject()));
        } else {
            return over(call, new Verdict(request.outcome(), request.code()), request.doneNanos());
        }
        if (continued == null) {
            open.add(call);
        }
        bound(call, keepsAll);
        if (open.size() > OPEN) {
            OpenCall oldest = open.get(0);
            return over(oldest, oldest.unfinished(), oldest.lastNanos());
        }
        return List.of();
    }

    /** Whether a request is a further leg of a call that is open. */
    boolean continues(RequestTrace request) {
        if (open.isEmpty()) {
            return false;
        }
        String taskId = request.method().startsWith("tasks/") ? taskId(params(request)) : null;
        return request.isCall() ? continuedBy(params(request)) != null : taskId != null && find(taskId) != null;
    }

    /** The server told how a task fares (notifications/tasks/status, notifications/tasks). */
    List<Call> told(JsonRpcMessage.Notification told, long atNanos) {
        JsonNode params = told.node().path("params");
        String taskId = taskId(params);
        OpenCall call = taskId == null ? null : find(taskId);
        Verdict verdict = call == null ? null : call.task().told(params, atNanos);
        return call == null || verdict == null ? List.of() : over(call, verdict, atNanos);
    }

    /** Nothing more comes: what is still open is over as far as it got. */
    List<Call> close() {
        List<Call> calls = new ArrayList<>(open.size());
        for (OpenCall call : List.copyOf(open)) {
            calls.addAll(over(call, call.unfinished(), call.lastNanos()));
        }
        return calls;
    }

    private List<Call> over(OpenCall call, Verdict verdict, long doneNanos) {
        open.remove(call);
        return List.of(call.over(verdict, doneNanos));
    }

    private @Nullable OpenCall find(String taskId) {
        for (OpenCall call : open) {
            if (call.isTask() && call.task().id().equals(taskId)) {
                return call;
            }
        }
        return null;
    }

    private @Nullable OpenCall continuedBy(JsonNode params) {
        String state = text(params.path("requestState"));
        if (state == null && !params.has("inputResponses")) {
            return null;
        }
        for (OpenCall call : open) {
            if (state == null ? call.asksTheSame(params) : call.isContinuedBy(state)) {
                return call;
            }
        }
        return null;
    }

    private static JsonNode params(RequestTrace request) {
        return request.request().node().path("params");
    }

    /** The result, a missing node when there is none. */
    private static JsonNode result(RequestTrace request) {
        JsonRpcMessage.Response answer = request.answer();
        return answer == null ? MissingNode.getInstance() : answer.result();
    }

    /** The task a result says was created, or null. */
    private static @Nullable String createdTask(JsonNode result) {
        JsonNode task = result.path("task");
        return task.isObject() ? taskId(task) : "task".equals(text(result.path("resultType"))) ? taskId(result) : null;
    }

    private static @Nullable String taskId(JsonNode holder) {
        return text(holder.path("taskId"));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    /** How a task ended, by its status; null while it goes on. */
    static @Nullable Verdict ofStatus(JsonNode task) {
        String status = text(task.path("status"));
        if (status == null) {
            return null;
        }
        return switch (status) {
            case "completed" ->
                new Verdict(
                        task.path("result").path("isError").asBoolean(false) ? Outcome.TOOL_ERROR : Outcome.OK, 200);
            case "failed" -> failed(task.path("error").path("code"));
            case "cancelled" -> new Verdict(Outcome.CANCELLED, 200);
            default -> null;
        };
    }

    private static Verdict failed(JsonNode code) {
        return code.canConvertToInt()
                ? new Verdict(Outcome.RPC_ERROR, code.intValue())
                : new Verdict(Outcome.TOOL_ERROR, 200);
    }
}
