package dev.mcpreel.captures.redact;

/**
 * Something was replaced.
 *
 * @param place where it stood, for example {@code header Cookie} or {@code body /params/arguments/note}
 * @param rule why it is a secret
 */
public record Finding(String place, String rule) {}
