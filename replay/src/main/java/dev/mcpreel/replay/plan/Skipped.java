package dev.mcpreel.replay.plan;

/**
 * Recorded steps of one kind that the plan leaves out.
 *
 * @param name the tool, or the method of what is no call
 * @param steps how many of them the recording has
 * @param flag the option that would play them, for example {@code --tools safe,create_ticket}
 */
public record Skipped(String name, SkipReason reason, long steps, String flag) {}
