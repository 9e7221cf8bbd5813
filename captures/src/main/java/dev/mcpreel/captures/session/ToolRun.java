package dev.mcpreel.captures.session;

/**
 * Calls of one tool with no call of another between them.
 *
 * @param tool empty for a tools/call that names none
 * @param count how many, at least 1
 */
public record ToolRun(String tool, int count) {}
