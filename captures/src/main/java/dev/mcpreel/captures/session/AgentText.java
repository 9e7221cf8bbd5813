package dev.mcpreel.captures.session;

import dev.mcpreel.captures.tap.Glob;

/**
 * Knows agents by a piece of text.
 *
 * @param text stands somewhere in the client's name and version or in the key's value, {@code *} for anything; empty for any agent
 */
public record AgentText(String text) {
    /** Whether it knows the agent, by any of its clients or by its key. */
    public boolean matches(AgentSession session) {
        return matches(session.key().value())
                || session.transports().stream().anyMatch(transport -> matches(transport.client()));
    }

    /**
     * Whether it knows a client.
     *
     * @param client name and version, or the value of a key; empty when unknown
     */
    public boolean matches(String client) {
        return text.isEmpty() || new Glob("*" + text + "*").matches(client);
    }
}
