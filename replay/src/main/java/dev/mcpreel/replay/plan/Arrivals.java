package dev.mcpreel.replay.plan;

import java.util.ArrayList;
import java.util.List;

/** When each agent begins. */
final class Arrivals {
    private static final long DEFAULT_SPREAD_NANOS = 1_000_000_000L;

    private final PlanOptions options;
    private final List<Script> scripts;
    private final long spreadNanos;

    Arrivals(PlanOptions options, List<Script> scripts) {
        this.options = options;
        this.scripts = scripts;
        spreadNanos = Pace.divided(meanThinkNanos(scripts), options.speed());
    }

    /** In order of the agents' numbers. The agents of fewer copies are the first ones of more. */
    List<AgentStart> all() {
        return options.goesByDuration() ? forDuration() : forCopies();
    }

    /** The script of an agent's iteration in a run by duration. */
    static int scriptFor(long seed, int agent, int iteration, int scripts) {
        return Draw.of(seed).with("script").with(agent).with(iteration).below(scripts);
    }

    private List<AgentStart> forCopies() {
        long agents = (long) options.copies() * scripts.size();
        if (agents > PlanOptions.MAX_AGENTS) {
            throw new PlanException("--copies " + options.copies() + " of " + scripts.size() + " sessions are " + agents
                    + " agents; the most is " + PlanOptions.MAX_AGENTS);
        }
        List<AgentStart> starts = new ArrayList<>((int) agents);
        for (int copy = 0; copy < options.copies(); copy++) {
            for (Script script : scripts) {
                Draw draw = Draw.of(options.seed())
                        .with("copy")
                        .with(script.sessionId())
                        .with(copy);
                long shift = copy == 0 ? 0 : (long) (draw.fraction() * spreadNanos);
                long offset = Pace.divided(script.offsetNanos(), options.speed());
                starts.add(new AgentStart(starts.size(), script.index(), copy, offset + shift));
            }
        }
        return starts;
    }

    private List<AgentStart> forDuration() {
        List<AgentStart> starts = new ArrayList<>(options.agents());
        long spread = Math.min(spreadNanos, options.durationNanos() / 4);
        for (int agent = 0; agent < options.agents(); agent++) {
            int script = scriptFor(options.seed(), agent, 0, scripts.size());
            double fraction =
                    Draw.of(options.seed()).with("arrival").with(agent).fraction();
            starts.add(new AgentStart(agent, script, 0, (long) (fraction * spread)));
        }
        return starts;
    }

    /** Before calls: that is the model working. The mean and no median, which in bursts would be next to nothing. */
    private static long meanThinkNanos(List<Script> scripts) {
        double mean = scripts.stream()
                .flatMap(script -> script.steps().stream())
                .filter(step -> step.isCall() && step.played() && !step.after().isEmpty())
                .mapToLong(Step::thinkNanos)
                .average()
                .orElse(DEFAULT_SPREAD_NANOS);
        return Math.round(mean);
    }
}
