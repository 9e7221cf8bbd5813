package dev.mcpreel.captures.testkit.sim;

import java.util.List;

/** One agent: thinks, makes a call or several at once, waits for the answers, and thinks again. */
final class Agent {
    private static final double BREAK_MILLIS = 31 * 60_000;

    private final World world;
    private final Population population;
    private final String name;
    private final Pool pool;
    private final Link link;
    private final Calls calls;
    private final List<Turn> turns;
    private int left;
    private int pieces;
    private boolean opened;
    private double next;

    Agent(World world, Population population, String name, double startMillis) {
        this.world = world;
        this.population = population;
        this.name = name;
        this.pool = population.pool(Integer.parseInt(name.substring(1)));
        this.link = new Link(world, population, pool, name);
        this.calls = new Calls(world, link);
        this.turns = Turn.of(population.habit());
        this.left = 5 + world.random().nextInt(8);
        this.next = startMillis;
        link.piece(name + "#0");
    }

    String name() {
        return name;
    }

    double nextMillis() {
        return next;
    }

    /** Does what comes next; returns whether anything more does. */
    boolean step() {
        if (!opened) {
            opened = true;
            next = link.open(next) + world.between(20, 3_000);
            return true;
        }
        if (left-- == 0) {
            link.close(next);
            return false;
        }
        boolean loses = population.habit().mayLoseSession() && world.chance(0.08);
        double done = loses ? calls.withSessionLost(next) : burst();
        if (world.chance(0.3)) {
            done = link.pinged(done + 1);
        }
        boolean rests = world.breaks() && left > 0 && world.chance(0.1);
        if (rests) {
            link.piece(name + "#" + ++pieces);
        }
        next = done + (rests ? BREAK_MILLIS : 0) + world.between(200, 20_000);
        return true;
    }

    private double burst() {
        int size = world.chance(0.7) ? 1 : 2 + world.random().nextInt(3);
        double at = next;
        double done = next;
        for (int i = 0; i < size; i++) {
            done = Math.max(done, call(at));
            at += 1 + world.random().nextDouble() * 20;
        }
        return done;
    }

    private double call(double at) {
        Turn turn = turns.get(world.random().nextInt(turns.size()));
        if (!population.habit().isSessionPerCall()) {
            return calls.make(turn, at);
        }
        Link own = new Link(world, population, pool, name);
        own.piece(link.piece());
        double done = new Calls(world, own).make(turn, own.openAnew(at) + 2);
        own.close(done + 2);
        return done + 5;
    }
}
