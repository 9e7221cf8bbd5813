package dev.mcpreel.replay.plan;

import tools.jackson.databind.JsonNode;

/**
 * What the recorded agent answered to a request of the server.
 *
 * @param method what the server asked, for example {@code sampling/createMessage}
 * @param during the step whose response stream carried the request, -1 for the standalone stream
 * @param error whether {@code body} is a JSON-RPC error and not a result
 * @param body the result or error
 * @param answeringNanos from the request to the answer, not divided by speed
 */
public record ServerAnswer(String method, int during, boolean error, JsonNode body, long answeringNanos) {}
