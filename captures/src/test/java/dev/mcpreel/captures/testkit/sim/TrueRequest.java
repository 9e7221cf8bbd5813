package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.Outcome;

/**
 * A request as it was made.
 *
 * @param key names it within the capture: its exchange and its JSON-RPC id
 * @param agent whose it is; empty when it is nobody's own
 * @param progress how often the server told of progress
 */
public record TrueRequest(
        String key,
        String agent,
        String method,
        long startNanos,
        long doneNanos,
        int progress,
        Outcome outcome,
        int code) {
    /** What names a request. */
    public static String key(long exchangeId, String idText) {
        return exchangeId + ":" + idText;
    }

    boolean isCall() {
        return method.equals("tools/call");
    }
}
