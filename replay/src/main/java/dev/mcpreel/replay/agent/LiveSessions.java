package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.Headers;
import java.util.HashMap;
import java.util.Map;

/** The transport sessions of one agent, which may have several at a time. Confined to the agent's event loop. */
final class LiveSessions {
    private final String revision;
    private final Headers credentials;
    private final Map<Integer, LiveSession> sessions = new HashMap<>(2);

    /** As for {@link LiveSession}, all of them. */
    LiveSessions(String revision, Headers credentials) {
        this.revision = revision;
        this.credentials = credentials;
    }

    /** @param number as in {@link dev.mcpreel.replay.plan.Step#session} */
    LiveSession of(int number) {
        return sessions.computeIfAbsent(number, unused -> new LiveSession(revision, credentials));
    }
}
