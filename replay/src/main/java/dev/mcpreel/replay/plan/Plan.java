package dev.mcpreel.replay.plan;

import java.util.List;

/**
 * What every agent of a run does and when, but for what the target answers.
 *
 * @param scripts what can be played
 * @param paces the timing of each script at the plan's speed, by script
 * @param agents in order of their numbers
 * @param digest SHA-256 in hexadecimal of all that shapes the load, which target and credentials do not
 */
public record Plan(
        PlanOptions options,
        List<Script> scripts,
        List<Pace> paces,
        List<AgentStart> agents,
        PlanSummary summary,
        String digest) {
    public Plan {
        scripts = List.copyOf(scripts);
        paces = List.copyOf(paces);
        agents = List.copyOf(agents);
    }

    /**
     * The script an agent plays. In a run by copies every iteration is the agent's own session; in a run by duration each
     * is chosen by the seed, the agent and the iteration alone.
     *
     * @param iteration from 0
     */
    public int scriptFor(int agent, int iteration) {
        return options.goesByDuration()
                ? Arrivals.scriptFor(options.seed(), agent, iteration, scripts.size())
                : agents.get(agent).script();
    }
}
