package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.exchange.StepKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which steps a step followed. It followed every step whose answer the agent had when it was sent; those that follow
 * from another of them are left away. Of the answers had, the ones that came after the latest of their own steps was
 * sent are exactly those that no other implies.
 */
final class Dependence {
    private final List<Sent> steps;
    private final List<Integer> byDone = new ArrayList<>();
    private final int[] latestSent;

    /** @param steps in order of start */
    Dependence(List<Sent> steps) {
        this.steps = steps;
        for (int i = 0; i < steps.size(); i++) {
            // Nothing waits for the standalone stream: it ends when the session does.
            if (steps.get(i).kind() != StepKind.STREAM && steps.get(i).doneNanos() != Sent.NEVER) {
                byDone.add(i);
            }
        }
        byDone.sort(Comparator.comparingLong(i -> steps.get(i).doneNanos()));
        latestSent = new int[byDone.size()];
        for (int i = 0; i < latestSent.length; i++) {
            latestSent[i] = i == 0 ? byDone.get(0) : Math.max(latestSent[i - 1], byDone.get(i));
        }
    }

    /** The steps it followed, ascending. */
    List<Integer> after(int step) {
        int had = doneUntil(steps.get(step).startNanos());
        if (had == 0) {
            return List.of();
        }
        int implied = doneUntil(steps.get(latestSent[had - 1]).startNanos());
        List<Integer> after = new ArrayList<>(byDone.subList(implied, had));
        Collections.sort(after);
        return after;
    }

    /** How many answers had come by that time. */
    private int doneUntil(long nanos) {
        int low = 0;
        int high = byDone.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(byDone.get(middle)).doneNanos() <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
