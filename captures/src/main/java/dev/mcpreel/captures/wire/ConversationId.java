package dev.mcpreel.captures.wire;

/**
 * What a client's host says of the conversation a request belongs to.
 *
 * @param key the member of {@code _meta} it stands in
 */
public record ConversationId(String key, String value) {}
