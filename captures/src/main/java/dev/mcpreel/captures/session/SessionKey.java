package dev.mcpreel.captures.session;

/**
 * What made an agent session.
 *
 * @param kind the weakest kind of link that was needed to hold it together
 * @param value what the kind found, for example the session id; what {@code --agent} asks for
 */
public record SessionKey(KeyKind kind, String value) {}
