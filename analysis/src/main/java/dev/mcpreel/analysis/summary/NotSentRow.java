package dev.mcpreel.analysis.summary;

import dev.mcpreel.captures.exchange.Outcome;

/**
 * Requests of a plan that were never sent, by why not. They are in no metric and no share.
 *
 * @param calls tool calls among them
 * @param requests of every method, tool calls among them
 */
public record NotSentRow(Outcome outcome, long calls, long requests) {}
