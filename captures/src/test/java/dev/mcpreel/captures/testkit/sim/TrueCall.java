package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.List;

/**
 * A call as it was made.
 *
 * @param legs the keys of its requests, in order
 * @param answeringNanos what the agent itself took meanwhile
 */
public record TrueCall(
        String agent,
        String tool,
        List<String> legs,
        long startNanos,
        long doneNanos,
        long answeringNanos,
        Outcome outcome,
        int code) {
    public TrueCall {
        legs = List.copyOf(legs);
    }
}
