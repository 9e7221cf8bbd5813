package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.RequestTrace;
import dev.mcpreel.captures.tap.Glob;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are shown; all that is asked for must hold.
 *
 * @param tools calls of these; empty for all requests
 * @param agents requests of clients with this name, or name and version; empty for all
 * @param longerThanNanos requests that took longer; -1 for all
 */
record TailFilter(List<Glob> tools, Set<Outcome> outcomes, List<Glob> agents, long longerThanNanos) {
    /** Whether single requests are asked for, so that the beginnings and ends of sessions are not. */
    boolean picksRequests() {
        return !tools.isEmpty() || !outcomes.isEmpty() || longerThanNanos >= 0;
    }

    /** @param client name and version; empty when it did not say */
    boolean isOfAgent(String client) {
        int blank = client.lastIndexOf(' ');
        return agents.isEmpty()
                || matches(agents, client)
                || matches(agents, blank < 0 ? client : client.substring(0, blank));
    }

    boolean shows(RequestTrace request, String client) {
        return (tools.isEmpty() || matches(tools, request.tool()))
                && (outcomes.isEmpty() || outcomes.contains(request.outcome()))
                && request.durationNanos() > longerThanNanos
                && isOfAgent(client);
    }

    private static boolean matches(List<Glob> globs, @Nullable String text) {
        return text != null && globs.stream().anyMatch(glob -> glob.matches(text));
    }
}
