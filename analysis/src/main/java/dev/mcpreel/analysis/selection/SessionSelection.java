package dev.mcpreel.analysis.selection;

import dev.mcpreel.captures.session.AgentSession;
import dev.mcpreel.captures.session.Call;
import dev.mcpreel.captures.session.SessionListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Gathers the sessions that are wanted, and no more of them than that. Not thread-safe. */
public final class SessionSelection implements SessionListener {
    private final SessionFilter filter;
    private final Comparator<AgentSession> order;
    private final int limit;
    private final PriorityQueue<AgentSession> chosen;
    private final Set<String> withSuchACall = new HashSet<>();
    private long total;
    private long matching;

    /** @param limit how many at most, the first in this order */
    public SessionSelection(SessionFilter filter, SessionSort sort, boolean reverse, int limit) {
        this.filter = filter;
        this.order = sort.order(reverse);
        this.limit = limit;
        this.chosen = new PriorityQueue<>(order.reversed());
    }

    @Override
    public void onCall(Call call) {
        if (filter.asksForCalls() && filter.wants(call)) {
            withSuchACall.add(call.sessionId());
        }
    }

    @Override
    public void onSession(AgentSession session) {
        total++;
        boolean called = withSuchACall.remove(session.id()) || !filter.asksForCalls();
        if (called && filter.wants(session)) {
            matching++;
            chosen.add(session);
            if (chosen.size() > limit) {
                chosen.remove();
            }
        }
    }

    /** What was found so far, in order. */
    public Listing listing() {
        List<AgentSession> sessions = new ArrayList<>(chosen);
        sessions.sort(order);
        return new Listing(sessions, matching, total);
    }

    /**
     * The sessions to list.
     *
     * @param matching how many pass the filter, listed or not
     * @param total how many the capture has
     */
    public record Listing(List<AgentSession> sessions, long matching, long total) {
        public Listing {
            sessions = List.copyOf(sessions);
        }

        /** All there are. */
        public static Listing all(List<AgentSession> sessions) {
            return new Listing(sessions, sessions.size(), sessions.size());
        }
    }
}
