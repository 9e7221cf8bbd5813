package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;

/**
 * What became of a request, and the number that says more.
 *
 * @param code the JSON-RPC error code for {@link Outcome#RPC_ERROR}, otherwise the HTTP status, 0 when none came
 */
public record Verdict(Outcome outcome, int code) {}
