package dev.mcpreel.demo;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agents did, as they saw it.
 *
 * @param agents one entry per agent, in order of number
 * @param elapsedNanos from the start of the run to the end of the last agent
 */
public record DemoRun(List<AgentRun> agents, long elapsedNanos) {
    /** Takes its own copy. */
    public DemoRun {
        agents = List.copyOf(agents);
    }

    /** How a call ended for the agent. */
    public enum Outcome {
        /** A result. */
        OK,
        /** A result with {@code isError}. */
        TOOL_ERROR,
        /** No result: a JSON-RPC error, a transport error or a timeout. */
        FAILED
    }

    /**
     * One tools/call.
     *
     * @param leg number of the leg it belongs to, from 0: calls of one leg were in flight together and may reach the
     *     server in any order; legs follow each other
     * @param tool the tool's name
     * @param outcome how it ended
     * @param elapsedNanos from handing the call to the client to having its answer
     */
    public record Call(int leg, String tool, Outcome outcome, long elapsedNanos) {}

    /**
     * One agent's session.
     *
     * @param agent number from 1; the client calls itself {@code demo-agent-N}
     * @param calls in the order they were made
     * @param progressSeen progress notifications received
     * @param errors what went wrong beyond tool errors; empty after a clean run
     */
    public record AgentRun(int agent, List<Call> calls, int progressSeen, List<String> errors) {
        /** Takes its own copies. */
        public AgentRun {
            calls = List.copyOf(calls);
            errors = List.copyOf(errors);
        }
    }

    /** All calls, agent after agent. */
    public List<Call> calls() {
        return agents.stream().flatMap(agent -> agent.calls().stream()).toList();
    }

    /** Number of calls by tool. */
    public SortedMap<String, Long> callsByTool() {
        SortedMap<String, Long> counts = new TreeMap<>();
        calls().forEach(call -> counts.merge(call.tool(), 1L, Long::sum));
        return counts;
    }

    /** What went wrong beyond tool errors, in any agent. */
    public List<String> errors() {
        return agents.stream().flatMap(agent -> agent.errors().stream()).toList();
    }
}
