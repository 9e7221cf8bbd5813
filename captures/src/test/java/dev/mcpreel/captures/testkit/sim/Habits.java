package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.testkit.sim.Habit.Ids;
import dev.mcpreel.captures.testkit.sim.Habit.Mark;
import dev.mcpreel.captures.testkit.sim.Habit.Reach;
import dev.mcpreel.captures.testkit.sim.Habit.Wiring;
import java.util.List;
import java.util.Set;

/** The habits that clients of the field are known to have. */
public final class Habits {
    public static final Habit OWN_SESSION =
            habit("a session each", Reach.OWN_SESSION, Wiring.OWN, Ids.COUNTING, Mark.ADDRESS);
    public static final Habit WANDERING =
            habit("a session each, addresses that change", Reach.OWN_SESSION, Wiring.WANDERING, Ids.COUNTING);
    public static final Habit POOLED = pooled("one session for all");
    public static final Habit PER_CALL =
            habit("a session for each call", Reach.SESSION_PER_CALL, Wiring.PER_REQUEST, Ids.COUNTING, Mark.ADDRESS);
    public static final Habit NAMELESS =
            habit("no session, a connection each", Reach.NAMELESS, Wiring.OWN, Ids.COUNTING, Mark.ADDRESS);
    public static final Habit PREFIXED = nameless("no session, ids with a prefix", Wiring.PER_REQUEST, Ids.PREFIXED);
    public static final Habit MODERN =
            habit("2026-07-28, an address each", Reach.MODERN, Wiring.OWN, Ids.COUNTING, Mark.ADDRESS);
    public static final Habit MODERN_TRACED = modern("2026-07-28, a trace each", Mark.TRACE);
    public static final Habit LEGACY_SSE =
            habit("2024-11-05, a stream each", Reach.LEGACY_SSE, Wiring.OWN, Ids.COUNTING);

    private Habits() {}

    /** All of them, in the order of the table. */
    public static List<Habit> all() {
        return List.of(
                OWN_SESSION,
                WANDERING,
                LEGACY_SSE,
                POOLED,
                habit("one session for all, ids that count", Reach.POOLED_SESSION, Wiring.SHARED, Ids.COUNTING),
                pooled("one session for all, a conversation id each", Mark.CONVERSATION),
                pooled("one session for all, a trace each", Mark.TRACE),
                pooled("one session for all, a trace per request", Mark.TRACE_PER_REQUEST),
                pooled("one session for all, a header each", Mark.HEADER),
                pooled("one session for all, a path each", Mark.PATH),
                PER_CALL,
                habit("a session for each call, one address", Reach.SESSION_PER_CALL, Wiring.PER_REQUEST, Ids.COUNTING),
                habit(
                        "a session for each call, no DELETE",
                        Reach.SESSION_PER_CALL_KEPT,
                        Wiring.PER_REQUEST,
                        Ids.COUNTING,
                        Mark.ADDRESS),
                habit(
                        "a session for each call, a header each",
                        Reach.SESSION_PER_CALL,
                        Wiring.PER_REQUEST,
                        Ids.COUNTING,
                        Mark.HEADER),
                NAMELESS,
                nameless("no session, connections shared", Wiring.SHARED, Ids.COUNTING),
                nameless("no session, a connection per request", Wiring.PER_REQUEST, Ids.COUNTING),
                PREFIXED,
                nameless("no session, the id is always 1", Wiring.PER_REQUEST, Ids.ALWAYS_ONE),
                habit(
                        "no session, id always 1, an address each",
                        Reach.NAMELESS,
                        Wiring.PER_REQUEST,
                        Ids.ALWAYS_ONE,
                        Mark.ADDRESS),
                MODERN,
                MODERN_TRACED,
                modern("2026-07-28, a handle each", Mark.HANDLE),
                modern("2026-07-28, a token each", Mark.TOKEN),
                modern("2026-07-28, a trace per request", Mark.TRACE_PER_REQUEST));
    }

    private static Habit pooled(String name, Mark... marks) {
        return habit(name, Reach.POOLED_SESSION, Wiring.SHARED, Ids.ALWAYS_ONE, marks);
    }

    private static Habit nameless(String name, Wiring wiring, Ids ids) {
        return habit(name, Reach.NAMELESS, wiring, ids);
    }

    private static Habit modern(String name, Mark... marks) {
        return habit(name, Reach.MODERN, Wiring.SHARED, Ids.COUNTING, marks);
    }

    private static Habit habit(String name, Reach reach, Wiring wiring, Ids ids, Mark... marks) {
        return new Habit(name, reach, wiring, ids, Set.of(marks));
    }
}
