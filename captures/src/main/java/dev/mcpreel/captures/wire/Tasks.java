package dev.mcpreel.captures.wire;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what messages say of tasks, of both kinds: those of revision 2025-11-25 (basic/utilities/tasks), which the client
 * asks for, and those of the extension {@code io.modelcontextprotocol/tasks} (SEP-2663), which the server decides on. Pure.
 * A task id that is no text, empty or over {@link RpcId#LONGEST} characters is none.
 */
public final class Tasks {
    private static final Set<String> ABOUT_ONE_TASK =
            Set.of("tasks/get", "tasks/result", "tasks/cancel", "tasks/update");

    private static final Set<String> STATUS_TOLD = Set.of("notifications/tasks/status", "notifications/tasks");

    /** The key of the revision, and the one that FastMCP sent before there was one. */
    private static final List<String> RELATED =
            List.of("io.modelcontextprotocol/related-task", "modelcontextprotocol.io/related-task");

    private Tasks() {}

    /** Whether a request wants to be a task (2025-11-25, {@code params.task}). */
    public static boolean isWanted(JsonRpcMessage.Request request) {
        return request.node().path("params").path("task").isObject();
    }

    /** The task that was made of a request instead of answering it; null when the answer is another. */
    public static @Nullable TaskState created(JsonRpcMessage.Response answer) {
        JsonNode result = answer.result();
        return ResultType.of(answer) == ResultType.TASK ? state(result) : state(result.path("task"));
    }

    /** What the answer to a {@code tasks/get} or {@code tasks/cancel} says; the extension acknowledges the latter with nothing. */
    public static @Nullable TaskState state(JsonRpcMessage.Response answer) {
        return state(answer.result());
    }

    /** What a {@code notifications/tasks/status} (2025-11-25) or {@code notifications/tasks} (extension) says; or null. */
    public static @Nullable TaskState told(JsonRpcMessage.Notification told) {
        return STATUS_TOLD.contains(told.method()) ? state(told.node().path("params")) : null;
    }

    /** The task that a {@code tasks/get}, {@code /result}, {@code /cancel} or {@code /update} is about; null for other methods. */
    public static @Nullable String subject(JsonRpcMessage.Request request) {
        return ABOUT_ONE_TASK.contains(request.method()) ? taskId(request.node().path("params")) : null;
    }

    /**
     * The task a message belongs to (2025-11-25, {@code related-task} in {@code _meta}); or null. Also found in a
     * {@code _meta} beside the params instead of inside of them, where some servers put it.
     */
    public static @Nullable String related(JsonRpcMessage message) {
        for (JsonNode meta : List.of(Meta.of(message), message.node().path("_meta"))) {
            for (String key : RELATED) {
                String id = taskId(meta.path(key));
                if (id != null) {
                    return id;
                }
            }
        }
        return null;
    }

    private static @Nullable TaskState state(JsonNode task) {
        String id = taskId(task);
        JsonNode status = task.path("status");
        return id == null || !status.isString() ? null : new TaskState(id, TaskStatus.of(status.stringValue()));
    }

    private static @Nullable String taskId(JsonNode holder) {
        JsonNode id = holder.path("taskId");
        if (!id.isString()) {
            return null;
        }
        String text = id.stringValue();
        return text.isEmpty() || text.length() > RpcId.LONGEST ? null : text;
    }
}
