package dev.mcpreel.replay.bind;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request of a recorded session and its answer, as the finder reads them.
 *
 * @param step names it, see {@link Binding#producer()}
 * @param message the JSON-RPC request
 * @param doneNanos when the agent had the answer; {@link Long#MAX_VALUE} when it never did
 * @param result the {@code result} of the answer, null when there is none
 */
public record Turn(
        int step,
        String method,
        JsonNode message,
        long startNanos,
        long doneNanos,
        @Nullable JsonNode result) {}
