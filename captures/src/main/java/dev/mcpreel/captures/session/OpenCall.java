package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A call that waits for another leg. */
final class OpenCall {
    /** Of a task polled more often, the legs in the middle are left out. */
    private static final int LEGS = 32;

    private final List<RequestTrace> legs = new ArrayList<>(2);
    private @Nullable TaskLegs task;
    private @Nullable String requestState;
    private int askedHash;
    private boolean asksForInput;
    private boolean lost;
    private int polls;
    private long answeringNanos;
    private boolean firstWhole;
    private boolean lastWhole;

    /** Until another comes it has all it has; then only the first does, or all of them. */
    void addLeg(RequestTrace leg, boolean keepsAll) {
        if (asksForInput && !lost) {
            answeringNanos +=
                    Math.max(0, leg.startNanos() - legs.get(legs.size() - 1).doneNanos());
        }
        asksForInput = false;
        lost = false;
        answeringNanos += leg.answeringNanos();
        polls += leg.isCall() ? 0 : 1;
        if (legs.size() == LEGS) {
            legs.remove(LEGS - 1);
        } else if (!keepsAll && legs.size() > 1) {
            legs.set(legs.size() - 1, Trim.of(legs.get(legs.size() - 1)));
        }
        firstWhole |= legs.isEmpty();
        lastWhole = true;
        legs.add(leg);
    }

    /** What is held of arguments and results, about. */
    long wholeBytes() {
        return (firstWhole ? bytes(legs.get(0)) : 0)
                + (lastWhole && legs.size() > 1 ? bytes(legs.get(legs.size() - 1)) : 0);
    }

    private static long bytes(RequestTrace leg) {
        return leg.requestBytes() + leg.responseBytes();
    }

    /** There is too much of that. */
    void trim() {
        legs.replaceAll(Trim::of);
        firstWhole = false;
        lastWhole = false;
    }

    /** The last leg was answered with a wish for input. */
    void askedFor(@Nullable String newRequestState, JsonNode params) {
        asksForInput = true;
        requestState = newRequestState;
        askedHash = hash(params);
    }

    /** The last leg got no answer, so what it was to bring is still asked for; the agent is not answering meanwhile. */
    void asksStill() {
        asksForInput = true;
        lost = true;
    }

    void becomes(TaskLegs newTask) {
        task = newTask;
    }

    boolean isTask() {
        return task != null;
    }

    /** Only of a task. */
    TaskLegs task() {
        if (task == null) {
            throw new IllegalStateException("no task");
        }
        return task;
    }

    boolean isContinuedBy(@Nullable String state) {
        return asksForInput && state != null && state.equals(requestState);
    }

    boolean asksTheSame(JsonNode params) {
        return asksForInput && askedHash == hash(params);
    }

    private static int hash(JsonNode params) {
        return 31 * params.path("name").hashCode() + params.path("arguments").hashCode();
    }

    Call over(Verdict verdict, long doneNanos) {
        CallKind kind = task == null ? CallKind.INPUT_REQUIRED : CallKind.TASK;
        long answering = answeringNanos + (task == null ? 0 : task.answeringNanos());
        return new Call(kind, legs, polls, doneNanos, answering, verdict.outcome(), verdict.code());
    }

    /** What is to be said of it when no other leg comes. */
    Verdict unfinished() {
        RequestTrace last = legs.get(legs.size() - 1);
        if (task != null && task.terminal() != null) {
            return task.terminal();
        }
        if (last.outcome().isError()) {
            return new Verdict(last.outcome(), last.code());
        }
        return new Verdict(task == null ? Outcome.CANCELLED : Outcome.INTERRUPTED, last.code());
    }

    long lastNanos() {
        return task != null && task.terminal() != null
                ? task.terminalNanos()
                : legs.get(legs.size() - 1).doneNanos();
    }
}
