package dev.mcpreel.analysis.pattern;

import dev.mcpreel.captures.session.RequestTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In which order sessions call tools. Remembers the last calls of the open sessions and counts the rest. */
public final class ToolOrder {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 4;

    private final ToolNames names = new ToolNames();
    private final Map<String, Trail> trails = new HashMap<>();
    private final TransitionTally transitions = new TransitionTally();
    private final List<SequenceTally> sequences = new ArrayList<>();

    ToolOrder() {
        for (int length = SHORTEST; length <= LONGEST; length++) {
            sequences.add(new SequenceTally(length));
        }
    }

    /** The next request of its session. */
    void next(RequestTrace request) {
        if (!request.isCall()) {
            return;
        }
        Trail trail = trails.computeIfAbsent(request.sessionId(), id -> new Trail());
        int tool = names.number(request.tool() == null ? "" : request.tool());
        boolean goesOn = trail.asked.remove((Integer) tool);
        if (request.answer() != null
                && request.answer().result().path("resultType").asString("").equals("input_required")) {
            trail.asked.add(tool);
        }
        if (goesOn) {
            return;
        }
        transitions.add(trail.last(), tool);
        trail.add(tool);
        sequences.forEach(tally -> tally.add(trail.latest));
    }

    void over(String sessionId) {
        Trail trail = trails.remove(sessionId);
        if (trail != null) {
            transitions.add(trail.last(), ToolNames.END);
        }
    }

    /** How many sequences of so many tools there are, from 2 to 4. */
    public long total(int length) {
        return sequences.get(length - SHORTEST).total();
    }

    /** By how much a count of {@link #top} may be too low: 0 but for very many different sequences. */
    public long missedAtMost(int length) {
        return sequences.get(length - SHORTEST).missedAtMost();
    }

    /** The most common sequences of so many tools, from 2 to 4. */
    public List<Sequence> top(int length, int most) {
        return sequences.get(length - SHORTEST).top(most, names);
    }

    /** How many different tools were called; those from the 257th on count as one. */
    public int tools() {
        return transitions.tools();
    }

    /** Which tool follows which, for the most called ones. */
    public Transitions transitions(int most) {
        return transitions.table(most, names);
    }

    /** The last calls of an open session. */
    private static final class Trail {
        private final List<Integer> latest = new ArrayList<>(LONGEST);

        /** Tools whose call the server answered with a wish for input: the next one goes on with it. */
        private final List<Integer> asked = new ArrayList<>(0);

        int last() {
            return latest.isEmpty() ? ToolNames.START : latest.get(latest.size() - 1);
        }

        void add(int tool) {
            if (latest.size() == LONGEST) {
                latest.remove(0);
            }
            latest.add(tool);
        }
    }
}
