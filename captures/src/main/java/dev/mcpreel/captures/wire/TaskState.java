package dev.mcpreel.captures.wire;

/** What a message says of a task. */
public record TaskState(String taskId, TaskStatus status) {}
