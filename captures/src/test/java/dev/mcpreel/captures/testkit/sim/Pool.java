package dev.mcpreel.captures.testkit.sim;

import java.util.ArrayList;
import java.util.List;

/** The client side's connections: which one a request takes. */
final class Pool {
    private final World world;
    private final boolean keepsAlive;
    private final boolean wanders;
    private final String host;
    private final List<Line> lines = new ArrayList<>();

    /** A connection. */
    static final class Line {
        private final long number;
        private final String peer;
        private double freeAt = Double.MAX_VALUE;

        private Line(long number, String peer) {
            this.number = number;
            this.peer = peer;
        }

        long number() {
            return number;
        }

        String peer() {
            return peer;
        }

        void freeAt(double millis) {
            freeAt = millis;
        }
    }

    Pool(World world, Habit.Wiring wiring, String host) {
        this.world = world;
        this.keepsAlive = wiring == Habit.Wiring.OWN || wiring == Habit.Wiring.SHARED;
        this.wanders = wiring == Habit.Wiring.WANDERING;
        this.host = host;
    }

    /** A free connection, the one opened last; a new one when none is free. */
    Line take(double atMillis) {
        for (int i = lines.size() - 1; keepsAlive && i >= 0; i--) {
            Line line = lines.get(i);
            if (line.freeAt <= atMillis) {
                line.freeAt = Double.MAX_VALUE;
                return line;
            }
        }
        long number = world.nextConnection();
        String from = wanders
                ? "10.9." + world.random().nextInt(200) + "." + world.random().nextInt(200)
                : host;
        Line line = new Line(number, from + ":" + (20_000 + number % 40_000));
        lines.add(line);
        return line;
    }
}
