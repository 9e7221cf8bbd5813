package dev.mcpreel.captures.testkit.sim;

import java.util.Set;

/**
 * How the agents of a population reach their server, all of them with the same program.
 *
 * @param name what the table of docs/SESSIONS.md calls it
 * @param marks what tells one agent from another in what they send
 */
public record Habit(String name, Reach reach, Wiring wiring, Ids ids, Set<Mark> marks) {
    /** What the protocol gives them for a session. */
    public enum Reach {
        /** Each agent has an {@code Mcp-Session-Id}. */
        OWN_SESSION,
        /** All use one {@code Mcp-Session-Id}, opened for all. */
        POOLED_SESSION,
        /** Each call has one: initialize, call, DELETE. */
        SESSION_PER_CALL,
        /** The same without DELETE. */
        SESSION_PER_CALL_KEPT,
        /** The server gives no session id. */
        NAMELESS,
        /** Revision 2026-07-28. */
        MODERN,
        /** HTTP with SSE of 2024-11-05. */
        LEGACY_SSE
    }

    /** Which connections they use. */
    public enum Wiring {
        /** Kept alive, each agent's own. */
        OWN,
        /** Kept alive, shared by all. */
        SHARED,
        /** A new one for each request. */
        PER_REQUEST,
        /** A new one for each request, from ever other addresses. */
        WANDERING
    }

    /** What their JSON-RPC ids look like. */
    public enum Ids {
        COUNTING,
        PREFIXED,
        ALWAYS_ONE
    }

    /** What is each agent's own. */
    public enum Mark {
        PATH,
        HEADER,
        CONVERSATION,
        TRACE,
        /** A trace for each request, which says nothing of the agent. */
        TRACE_PER_REQUEST,
        TOKEN,
        /** A value the server gives the agent with its first result, and later arguments have. */
        HANDLE,
        ADDRESS
    }

    public Habit {
        marks = Set.copyOf(marks);
    }

    boolean has(Mark mark) {
        return marks.contains(mark);
    }

    boolean isModern() {
        return reach == Reach.MODERN;
    }

    boolean isSessionPerCall() {
        return reach == Reach.SESSION_PER_CALL || reach == Reach.SESSION_PER_CALL_KEPT;
    }

    /** Whether who begins anew after the server lost the session can be seen to be the same agent. */
    boolean mayLoseSession() {
        return reach == Reach.OWN_SESSION && wiring == Wiring.OWN;
    }

    @Override
    public String toString() {
        return name;
    }
}
