package dev.mcpreel.captures.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One agent's piece of work, as well as it can be inferred.
 *
 * @param id names it within the capture: {@code s1}, {@code s2}, ... in the order in which the log makes
 *     them known: see {@link SessionModel}
 * @param key what held it together, and so how sure it is
 * @param transports the transport sessions it used, in order of first use; the first 64 of them
 * @param startNanos first byte of its first exchange
 * @param endNanos the last thing seen of it; of a standalone stream only its messages count, not how long it was held
 * @param shape its calls, pauses and bursts
 * @param exchanges in order of start; empty unless the session is kept
 * @param requests in order of start; empty unless the session is kept
 * @param calls in order of start; empty unless the session is kept
 * @param serverRequests in order of time; empty unless the session is kept
 */
public record AgentSession(
        String id,
        SessionKey key,
        List<TransportSession> transports,
        long startNanos,
        long endNanos,
        SessionShape shape,
        List<SessionExchange> exchanges,
        List<RequestTrace> requests,
        List<Call> calls,
        List<ServerRequest> serverRequests) {
    public AgentSession {
        transports = List.copyOf(transports);
        exchanges = List.copyOf(exchanges);
        requests = List.copyOf(requests);
        calls = List.copyOf(calls);
        serverRequests = List.copyOf(serverRequests);
    }

    /** The session id of the first of its transport sessions, null where the server gives none. */
    public @Nullable String transportSessionId() {
        return transports.isEmpty() ? null : transports.get(0).sessionId();
    }

    /** The client's name and version as it gave them; empty when it never did. */
    public String client() {
        return transports.stream()
                .map(TransportSession::client)
                .filter(client -> !client.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The protocol revision of its first transport session that is known; empty when none is. */
    public String revision() {
        return transports.stream()
                .map(TransportSession::revision)
                .filter(revision -> !revision.isEmpty())
                .findFirst()
                .orElse("");
    }
}
