package dev.mcpreel.captures.testkit.sim;

import org.jspecify.annotations.Nullable;

/** What agents of one habit have in common. */
final class Population {
    private final World world;
    private final Habit habit;
    private final int number;
    private final Pool shared;
    private final String token;
    private @Nullable String pooledSession;

    Population(World world, Habit habit, int number) {
        this.world = world;
        this.habit = habit;
        this.number = number;
        this.shared = new Pool(world, habit.wiring(), "10.1." + number + ".1");
        this.token = world.unique("hash-");
    }

    Habit habit() {
        return habit;
    }

    String token() {
        return token;
    }

    String program() {
        return "assistant-" + number;
    }

    /** The connections of one more agent. */
    Pool pool(int agent) {
        if (habit.wiring() == Habit.Wiring.SHARED) {
            return shared;
        }
        String host = habit.has(Habit.Mark.ADDRESS) ? "10.2." + number + "." + (agent + 10) : "10.1." + number + ".1";
        return new Pool(world, habit.wiring(), host);
    }

    /** The one session of all, opened when the first of them needs it. */
    String pooledSession(Link link, double atMillis) {
        if (pooledSession == null) {
            pooledSession = world.unique("pooled-");
            link.openFor("", pooledSession, atMillis - 30);
        }
        return pooledSession;
    }
}
