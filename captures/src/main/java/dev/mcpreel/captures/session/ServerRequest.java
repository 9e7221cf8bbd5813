package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;

/**
 * A request of the server to the agent (revisions up to 2025-11-25: sampling, elicitation, roots, ping).
 *
 * @param exchangeId the exchange whose response carried it
 * @param request with its parameters
 * @param askedNanos when it was complete on the wire
 * @param answeredNanos when the client began to send its answer, 0 when none was seen
 */
public record ServerRequest(long exchangeId, JsonRpcMessage.Request request, long askedNanos, long answeredNanos) {}
