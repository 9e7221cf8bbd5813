package dev.mcpreel.captures.session;

import org.jspecify.annotations.Nullable;

/**
 * What the protocol calls a session, or what stands for it where the protocol has none. An agent session may use many, and
 * one may hold many agents.
 *
 * @param id names it within the capture: {@code t1}, {@code t2}, ...
 * @param sessionId the {@code Mcp-Session-Id}, or path and query of a 2024-11-05 endpoint; null for the other kinds
 * @param client the client's name and version as it gave them; empty when it never did
 * @param revision the protocol revision the two settled on, or of its latest request; empty when unknown
 * @param startNanos first byte of its first exchange
 * @param endNanos last thing seen of it so far
 * @param ending as far as it was seen when this was made
 * @param agents how many agent sessions have used it so far
 */
public record TransportSession(
        String id,
        TransportKind kind,
        @Nullable String sessionId,
        String client,
        String revision,
        long startNanos,
        long endNanos,
        TransportEnding ending,
        int agents) {}
