package dev.mcpreel.demo;

import dev.mcpreel.demo.DemoRun.AgentRun;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Agents that work a support desk the way language-model agents do: they arrive one after the other, think, burst, idle
 * and leave. Each is the MCP Java SDK's own client over HTTP/1.1 with an HTTP client and connections of its own, holds
 * the GET stream, and ends its session with DELETE.
 */
public final class DemoAgents {
    private static final long ARRIVALS_MILLIS = 2_400;

    /**
     * What to run.
     *
     * @param target the MCP endpoint, or a proxy in front of it
     * @param agents how many, at least 1
     * @param seed decides every script; the same seed gives the same calls and think times
     * @param timeScale what arrivals and think times are multiplied by: 1 for the demo (8 to 12 s), less for tests
     */
    public record Options(URI target, int agents, long seed, double timeScale) {
        /** Rejects what cannot be run. */
        public Options {
            if (agents < 1 || timeScale < 0) {
                throw new IllegalArgumentException("agents must be at least 1 and timeScale not negative");
            }
        }

        /** Four agents at their natural pace. */
        public static Options defaults(URI target) {
            return new Options(target, 4, 1, 1.0);
        }

        /** The same number of agents at another pace. */
        public Options withTimeScale(double other) {
            return new Options(target, agents, seed, other);
        }
    }

    private DemoAgents() {}

    /**
     * Runs all agents to their end and returns what they did. What fails on the wire is in the result.
     *
     * @throws InterruptedException when the caller is interrupted; the agents then break off
     */
    public static DemoRun run(Options options) throws InterruptedException {
        Pace pace =
                new Pace(System::nanoTime, options.timeScale(), pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
        long start = pace.now();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "demo-agent");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<AgentRun> runs = new ArrayList<>();
            for (Future<AgentRun> run : threads.invokeAll(crew(options, pace))) {
                runs.add(result(run));
            }
            return new DemoRun(runs, pace.now() - start);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Agent> crew(Options options, Pace pace) {
        List<Agent> crew = new ArrayList<>();
        for (int i = 0; i < options.agents(); i++) {
            long arrivalMillis = i * ARRIVALS_MILLIS / options.agents();
            crew.add(new Agent(i + 1, arrivalMillis, Script.of(options.seed(), i + 1), pace, options.target()));
        }
        return crew;
    }

    private static AgentRun result(Future<AgentRun> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("An agent broke", e.getCause());
        }
    }
}
