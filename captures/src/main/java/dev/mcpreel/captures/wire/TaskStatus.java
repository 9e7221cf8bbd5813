package dev.mcpreel.captures.wire;

/** Where a task stands (revision 2025-11-25, basic/utilities/tasks; extension {@code io.modelcontextprotocol/tasks}). */
public enum TaskStatus {
    WORKING,
    INPUT_REQUIRED,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** A status neither specification has. */
    UNKNOWN;

    static TaskStatus of(String text) {
        return switch (text) {
            case "working" -> WORKING;
            case "input_required" -> INPUT_REQUIRED;
            case "completed" -> COMPLETED;
            case "failed" -> FAILED;
            case "cancelled" -> CANCELLED;
            default -> UNKNOWN;
        };
    }

    /** Whether it stays as it is. */
    public boolean isTerminal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
