package dev.mcpreel.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Prints what happens; of what had happened before only the last of it, until it is told that the past is over. */
final class TailOutput {
    private final PrintStream out;
    private final BooleanSupplier stopped;
    private final int before;
    private final Deque<List<String>> past = new ArrayDeque<>();
    private boolean live;

    /** Nobody wants to see more: the reader of the pipe is gone, or the person has had enough. */
    static final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EnoughException() {
            super("enough", null, false, false);
        }
    }

    /** @param before how much of what happened in the past is printed; -1 for all */
    TailOutput(PrintStream out, BooleanSupplier stopped, int before) {
        this.out = out;
        this.stopped = stopped;
        this.before = before;
        this.live = before < 0;
    }

    /** @param lines of one thing that happened */
    void print(List<String> lines) {
        if (live) {
            lines.forEach(out::println);
            checkWanted();
            return;
        }
        past.add(lines);
        while (past.size() > before) {
            past.remove();
        }
    }

    /** What comes from now on has just happened. */
    void goLive() {
        live = true;
        past.forEach(this::print);
        past.clear();
    }

    /** @throws EnoughException when nobody wants more */
    void checkWanted() {
        if (stopped.getAsBoolean() || out.checkError()) {
            throw new EnoughException();
        }
    }
}
