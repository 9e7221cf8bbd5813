package dev.mcpreel.analysis.selection;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.AgentText;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.tap.Glob;
import java.util.List;
import java.util.Set;

/**
 * What an agent session must have to be listed. What is asked of calls must hold of one and the same call.
 *
 * @param tools names or globs of which the call's tool matches one; empty for any tool
 * @param outcomes of which the call has one; empty for any outcome
 * @param longerThanNanos the call took longer; -1 for any time
 * @param agent text that stands in the key's value or in the client's name and version, {@code *} for anything; empty for
 *     any agent
 */
public record SessionFilter(List<String> tools, Set<Outcome> outcomes, long longerThanNanos, String agent) {
    /** Lists every session. */
    public static final SessionFilter NONE = new SessionFilter(List.of(), Set.of(), -1, "");

    public SessionFilter {
        tools = List.copyOf(tools);
        outcomes = Set.copyOf(outcomes);
    }

    /** Whether it asks for a call of some kind. */
    boolean asksForCalls() {
        return !tools.isEmpty() || !outcomes.isEmpty() || longerThanNanos >= 0;
    }

    boolean wants(Call call) {
        return (outcomes.isEmpty() || outcomes.contains(call.outcome()))
                && call.durationNanos() > longerThanNanos
                && (tools.isEmpty() || tools.stream().anyMatch(tool -> new Glob(tool).matches(call.tool())));
    }

    boolean wants(AgentSession session) {
        return new AgentText(agent).matches(session);
    }
}
