package dev.mcpreel.replay.plan;

import java.util.Arrays;
import java.util.List;

/** Plays the agents in numbers alone. */
final class Simulation {
    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_BUCKETS = 1_000_000;
    private static final int MAX_AGENTS = 2_000;
    /** A session that took no time would be played for ever. */
    private static final long SHORTEST_ITERATION_NANOS = 1_000_000;

    private final List<Pace> paces;
    /** By script: when each step is planned, the calls and the steps left out among them. */
    private final long[][] steps;

    private final long[][] calls;
    private final long[][] leftOut;
    private final long bucketNanos;
    private final long[] buckets;
    private long iterations;
    private long stepsSent;
    private long callsSent;
    private long skipped;
    private long end;

    private Simulation(List<Script> scripts, List<Pace> paces, long lengthNanos) {
        this.paces = paces;
        int size = scripts.size();
        steps = new long[size][];
        calls = new long[size][];
        leftOut = new long[size][];
        for (int i = 0; i < size; i++) {
            Pace pace = paces.get(i);
            List<Step> all = scripts.get(i).steps();
            steps[i] = times(pace, all.stream().filter(Step::played).toList());
            calls[i] = times(
                    pace,
                    all.stream().filter(step -> step.played() && step.isCall()).toList());
            leftOut[i] = times(pace, all.stream().filter(step -> !step.played()).toList());
        }
        bucketNanos = Math.max(SECOND, lengthNanos / (MAX_BUCKETS - 1));
        buckets = new long[(int) (lengthNanos / bucketNanos) + 1];
    }

    static Forecast run(PlanOptions options, List<Script> scripts, List<Pace> paces, List<AgentStart> agents) {
        return options.goesByDuration()
                ? byDuration(options, scripts, paces, agents)
                : byCopies(scripts, paces, agents);
    }

    private static Forecast byCopies(List<Script> scripts, List<Pace> paces, List<AgentStart> agents) {
        long length = agents.stream()
                .mapToLong(start ->
                        start.arrivalNanos() + paces.get(start.script()).lengthNanos())
                .max()
                .orElse(0);
        Simulation simulation = new Simulation(scripts, paces, length);
        agents.forEach(start -> simulation.play(start.script(), start.arrivalNanos(), Long.MAX_VALUE));
        return simulation.forecast();
    }

    /** Of very many agents the first ones stand for the others: they differ by the seed alone. */
    private static Forecast byDuration(
            PlanOptions options, List<Script> scripts, List<Pace> paces, List<AgentStart> agents) {
        long until = options.durationNanos();
        Simulation simulation = new Simulation(scripts, paces, until);
        int simulated = Math.min(MAX_AGENTS, agents.size());
        for (AgentStart start : agents.subList(0, simulated)) {
            long at = start.arrivalNanos();
            for (int iteration = 0; at < until; iteration++) {
                int script = Arrivals.scriptFor(options.seed(), start.agent(), iteration, scripts.size());
                simulation.play(script, at, until);
                at += Math.max(SHORTEST_ITERATION_NANOS, paces.get(script).lengthNanos());
            }
        }
        return simulation.forecast().times((double) agents.size() / simulated);
    }

    private void play(int script, long arrival, long until) {
        long within = until - arrival;
        iterations++;
        callsSent += before(calls[script], within);
        skipped += before(leftOut[script], within);
        int sent = before(steps[script], within);
        stepsSent += sent;
        for (int i = 0; i < sent; i++) {
            buckets[(int) ((arrival + steps[script][i]) / bucketNanos)]++;
        }
        end = Math.max(end, Math.min(until, arrival + paces.get(script).lengthNanos()));
    }

    private Forecast forecast() {
        double peak = Arrays.stream(buckets).max().orElse(0) * ((double) SECOND / bucketNanos);
        return new Forecast(iterations, stepsSent, callsSent, skipped, end, peak);
    }

    private static int before(long[] times, long end) {
        int found = Arrays.binarySearch(times, end);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && times[found - 1] == end) {
            found--;
        }
        return found;
    }

    private static long[] times(Pace pace, List<Step> steps) {
        return steps.stream()
                .mapToLong(step -> pace.plannedNanos(step.index()))
                .sorted()
                .toArray();
    }
}
