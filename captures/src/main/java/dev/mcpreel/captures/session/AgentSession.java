package dev.mcpreel.captures.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One agent's piece of work, as well as it can be inferred.
 *
 * @param id names it within the capture: {@code s1}, {@code s2}, ... in the order in which the log makes
 *     them known: see {@link SessionModel}
 * @param key what held it together, and so how sure it is
 * @param transportSessionId the {@code Mcp-Session-Id}, null for a server that gives none
 * @param client the client's name and version as it gave them in initialize; empty when it never did
 * @param revision the protocol revision the server settled on; empty when unknown
 * @param startNanos first byte of its first exchange
 * @param endNanos the last thing seen of it; of a standalone stream only its messages count, not how long it was held
 * @param exchanges in order of start; empty unless they were kept
 * @param requests in order of start; without arguments and results unless exchanges were kept
 */
public record AgentSession(
        String id,
        SessionKey key,
        @Nullable String transportSessionId,
        String client,
        String revision,
        long startNanos,
        long endNanos,
        List<SessionExchange> exchanges,
        List<RequestTrace> requests) {
    public AgentSession {
        exchanges = List.copyOf(exchanges);
        requests = List.copyOf(requests);
    }

    /** The tools/call requests among {@link #requests()}. */
    public List<RequestTrace> calls() {
        return requests.stream().filter(RequestTrace::isCall).toList();
    }
}
