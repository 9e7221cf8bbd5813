package dev.mcpreel.replay.plan;

/** What a server's tool list says of a tool, the laxest first. */
public enum ToolHint {
    /** {@code readOnlyHint: true}, and not destructive. */
    READ_ONLY,
    /** No {@code readOnlyHint: true}, or not listed at all. */
    UNKNOWN,
    /** {@code destructiveHint: true}. */
    DESTRUCTIVE;

    /** The one of both that allows less. */
    public ToolHint stricter(ToolHint other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
