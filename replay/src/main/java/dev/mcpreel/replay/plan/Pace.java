package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import java.util.List;

/**
 * The timing of a script at one speed, shared by all agents that play it. Immutable.
 *
 * <p>planned = max over predecessors(planned + recorded service) + think / speed. Service is the target's and never
 * divided by speed; what the agent itself took answering is the agent's, and divided. A step left out takes no time.
 */
public final class Pace {
    private final Script script;
    private final int[][] followers;
    private final int[] predecessors;
    private final long[] think;
    private final long[] planned;
    private final long lengthNanos;
    private final int leftOut;

    private Pace(Script script, double speed) {
        this.script = script;
        List<Step> steps = script.steps();
        int size = steps.size();
        predecessors = new int[size];
        think = new long[size];
        planned = new long[size];
        followers = new int[size][];
        int[] count = new int[size];
        for (Step step : steps) {
            step.after().forEach(before -> count[before]++);
        }
        for (int i = 0; i < size; i++) {
            followers[i] = new int[count[i]];
        }
        long length = 0;
        for (Step step : steps) {
            int i = step.index();
            think[i] = divided(step.thinkNanos(), speed);
            predecessors[i] = step.after().size();
            long ready = 0;
            for (int before : step.after()) {
                followers[before][followers[before].length - count[before]--] = i;
                ready = Math.max(ready, planned[before] + taken(steps.get(before), speed));
            }
            planned[i] = ready + think[i];
            if (step.played() && step.kind() != StepKind.STREAM) {
                length = Math.max(length, planned[i] + taken(step, speed));
            }
        }
        lengthNanos = length;
        leftOut = size - script.playedSteps();
    }

    static Pace of(Script script, double speed) {
        return new Pace(script, speed);
    }

    public Script script() {
        return script;
    }

    /** When the recording alone would have the step sent, after the agent's arrival. */
    public long plannedNanos(int step) {
        return planned[step];
    }

    /** From the agent's arrival to the last answer, on a target as fast as the recorded one. */
    public long lengthNanos() {
        return lengthNanos;
    }

    int size() {
        return think.length;
    }

    int predecessors(int step) {
        return predecessors[step];
    }

    int followers(int step) {
        return followers[step].length;
    }

    int follower(int step, int position) {
        return followers[step][position];
    }

    long thinkNanos(int step) {
        return think[step];
    }

    boolean played(int step) {
        return script.steps().get(step).played();
    }

    /** How many steps are left out. */
    int leftOut() {
        return leftOut;
    }

    boolean isStream(int step) {
        return script.steps().get(step).kind() == StepKind.STREAM;
    }

    static long divided(long nanos, double speed) {
        return speed == 1 ? nanos : Math.round(nanos / speed);
    }

    private static long taken(Step step, double speed) {
        return step.played() ? step.serviceNanos() + divided(step.answeringNanos(), speed) : 0;
    }
}
