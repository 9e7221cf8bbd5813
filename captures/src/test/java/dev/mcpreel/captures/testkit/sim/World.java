package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.testkit.CaptureScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Populations of agents at work at the same time, from a seed. The same seed makes the same events and the same truth. The
 * events come in the order of a log: short exchanges as a whole at their end.
 */
public final class World {
    private final CaptureScript script = new CaptureScript();
    private final Truth truth = new Truth();
    private final Random random;
    private final boolean breaks;
    private final List<Agent> agents = new ArrayList<>();
    private long connections = 1_000;
    private long names;

    /**
     * With nobody in it yet.
     *
     * @param breaks whether agents also rest for longer than a session gap
     */
    public World(long seed, boolean breaks) {
        this.random = new Random(seed);
        this.breaks = breaks;
    }

    /** A world with one population, at work. */
    public static World of(long seed, Habit habit, int agents) {
        return new World(seed, false).with(habit, agents).run();
    }

    public World with(Habit habit, int count) {
        Population population = new Population(this, habit, agents.size());
        for (int i = 0; i < count; i++) {
            agents.add(new Agent(this, population, "a" + agents.size(), random.nextDouble() * 60_000));
        }
        return this;
    }

    /** Lets all of them work until they are done. */
    public World run() {
        PriorityQueue<Agent> queue = new PriorityQueue<>(
                Comparator.comparingDouble(Agent::nextMillis).thenComparing(Agent::name));
        queue.addAll(agents);
        double latest = 0;
        while (!queue.isEmpty()) {
            Agent agent = queue.remove();
            latest = Math.max(latest, agent.nextMillis());
            if (agent.step()) {
                queue.add(agent);
            }
        }
        long wall = 1_790_000_000_000_000_000L;
        for (double at = 0; at <= latest; at += 60_000) {
            wall += random.nextInt(10) == 0 ? -3_600_000_000_000L : 60_000_000_000L;
            script.other(new ClockAnchor(CaptureScript.at(at), wall));
        }
        return this;
    }

    public List<CaptureEvent> events() {
        return script.events();
    }

    public Truth truth() {
        return truth;
    }

    CaptureScript script() {
        return script;
    }

    Random random() {
        return random;
    }

    boolean breaks() {
        return breaks;
    }

    long nextConnection() {
        return ++connections;
    }

    /** A word no other one is like. */
    String unique(String prefix) {
        return prefix + Long.toHexString(0x1000_0000L + ++names * 7_919L + random.nextInt(7_000));
    }

    /** Between the two, small ones more often. */
    double between(double from, double to) {
        double share = random.nextDouble();
        return from + (to - from) * share * share * share;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }
}
