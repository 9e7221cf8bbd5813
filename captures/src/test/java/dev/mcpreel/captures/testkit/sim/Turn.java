package dev.mcpreel.captures.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** What can become of a call. */
enum Turn {
    PLAIN,
    TOOL_ERROR,
    RPC_ERROR,
    NAMELESS_ERROR,
    RETRIED,
    GIVEN_UP,
    CANCELLED,
    PROGRESS,
    SERVER_ASKS,
    RESUMED,
    BATCH,
    TASK_2025,
    TASK_EXTENSION,
    INPUT_REQUIRED,
    SENT_AGAIN;

    /** What can happen to agents of a habit, plain calls most often. */
    static List<Turn> of(Habit habit) {
        List<Turn> turns = new ArrayList<>(List.of(PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, TOOL_ERROR, RPC_ERROR));
        switch (habit.reach()) {
            case OWN_SESSION ->
                turns.addAll(List.of(
                        NAMELESS_ERROR,
                        RETRIED,
                        GIVEN_UP,
                        CANCELLED,
                        PROGRESS,
                        SERVER_ASKS,
                        RESUMED,
                        BATCH,
                        TASK_2025,
                        SENT_AGAIN));
            case NAMELESS -> turns.addAll(List.of(NAMELESS_ERROR, RETRIED, GIVEN_UP, PROGRESS));
            case SESSION_PER_CALL, SESSION_PER_CALL_KEPT -> turns.addAll(List.of(RETRIED, PROGRESS, CANCELLED));
            case MODERN ->
                turns.addAll(List.of(RETRIED, GIVEN_UP, PROGRESS, INPUT_REQUIRED, TASK_EXTENSION, SENT_AGAIN));
            case LEGACY_SSE -> turns.addAll(List.of(CANCELLED, PROGRESS, SERVER_ASKS));
            case POOLED_SESSION -> turns.addAll(List.of(RETRIED, NAMELESS_ERROR));
        }
        return turns;
    }
}
