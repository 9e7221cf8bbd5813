package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentText;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.tap.Glob;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests and calls are shown; all that is asked for must hold.
 *
 * @param tools calls of these; empty for all requests
 * @param agents requests of clients that one of these knows; empty for all
 * @param longerThanNanos requests that took longer; -1 for all
 */
record TailFilter(List<Glob> tools, Set<Outcome> outcomes, List<AgentText> agents, long longerThanNanos) {
    /** Whether single requests are asked for, so that the beginnings and ends of sessions are not. */
    boolean picksRequests() {
        return !tools.isEmpty() || !outcomes.isEmpty() || longerThanNanos >= 0;
    }

    /** @param client name and version; empty when it did not say */
    boolean isOfAgent(String client) {
        return agents.isEmpty() || agents.stream().anyMatch(agent -> agent.matches(client));
    }

    boolean shows(RequestTrace request, String client) {
        return shows(request.tool(), request.outcome(), request.durationNanos(), client);
    }

    boolean shows(Call call, String client) {
        return shows(call.tool(), call.outcome(), call.durationNanos(), client);
    }

    private boolean shows(@Nullable String tool, Outcome outcome, long durationNanos, String client) {
        return (tools.isEmpty() || matches(tools, tool))
                && (outcomes.isEmpty() || outcomes.contains(outcome))
                && durationNanos > longerThanNanos
                && isOfAgent(client);
    }

    private static boolean matches(List<Glob> globs, @Nullable String text) {
        return text != null && globs.stream().anyMatch(glob -> glob.matches(text));
    }
}
