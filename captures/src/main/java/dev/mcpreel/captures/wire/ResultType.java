package dev.mcpreel.captures.wire;

import tools.jackson.databind.JsonNode;

/** What kind of result an answer is (revision 2026-07-28, basic, member {@code resultType}). */
public enum ResultType {
    /** The answer itself. Legacy results say nothing of it and are complete. */
    COMPLETE,
    /** The server asks first; the client sends the request again with its answers (basic/patterns/mrtr). */
    INPUT_REQUIRED,
    /** A task goes on instead (extension {@code io.modelcontextprotocol/tasks}). */
    TASK,
    /** A type this version does not know, or no text. */
    UNKNOWN;

    /** Of an error, which has no result: complete. */
    public static ResultType of(JsonRpcMessage.Response answer) {
        JsonNode type = answer.result().path("resultType");
        if (type.isMissingNode()) {
            return COMPLETE;
        }
        return switch (type.isString() ? type.stringValue() : "") {
            case "complete" -> COMPLETE;
            case "input_required" -> INPUT_REQUIRED;
            case "task" -> TASK;
            default -> UNKNOWN;
        };
    }
}
