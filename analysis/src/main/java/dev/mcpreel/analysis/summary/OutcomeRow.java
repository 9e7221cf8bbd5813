package dev.mcpreel.analysis.summary;

import dev.mcpreel.analysis.calls.CodeCount;
import dev.mcpreel.captures.exchange.Outcome;
import java.util.List;

/**
 * How often requests came to one end. Those never sent are left out: see {@link NotSentRow}.
 *
 * @param calls tool calls with this outcome
 * @param callShare of all tool calls made, from 0 to 1; 0 when there are none
 * @param requests requests of every method, tool calls among them
 * @param requestShare of all requests made, from 0 to 1
 * @param codes for errors, the most frequent JSON-RPC codes or HTTP statuses, at most three
 */
public record OutcomeRow(
        Outcome outcome, long calls, double callShare, long requests, double requestShare, List<CodeCount> codes) {
    public OutcomeRow {
        codes = List.copyOf(codes);
    }
}
