package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps of a replay: how punctual the generator was, and how the agents fared against the recording. */
public final class StepTally {
    static final String AGENT_KEY = "agent";

    private final Distribution lateness = Distribution.dense();
    private final Distribution response = Distribution.dense();
    private final Map<Long, Play> plays = new LinkedHashMap<>();
    private long sent;
    private long due;
    private long skipped;

    StepTally() {}

    void add(StepRecord step, CallSample sample) {
        plays.computeIfAbsent(playKey(step), unused -> new Play()).add(step, sample);
        if (step.outcome() == Outcome.SKIPPED) {
            skipped++;
        } else if (step.sentNanos() != 0) {
            sent++;
            due++;
        } else if (step.dueNanos() != 0 && step.dueNanos() <= step.atNanos()) {
            due++;
        }
        if (step.sentNanos() != 0 && step.dueNanos() != 0) {
            lateness.record(step.latenessNanos());
            if (step.stepKind() == StepKind.REQUEST && sample.hasDuration()) {
                response.record(step.responseNanos());
            }
        }
    }

    private static long playKey(StepRecord step) {
        return ((long) step.agent() << 32) | (step.session() & 0xFFFF_FFFFL);
    }

    /** Nanoseconds from due to handed over, of every step sent, whatever its kind: the generator's own error. */
    public Distribution lateness() {
        return lateness;
    }

    /** Nanoseconds from due to the complete answer, of requests of every method that have a duration. */
    public Distribution response() {
        return response;
    }

    /** For each agent: nanoseconds by which its last step was due after (before, when negative) it was planned. */
    public Distribution lag() {
        Distribution lag = Distribution.dense();
        plays.values().stream().filter(Play::hasLag).forEach(play -> lag.record(play.lagNanos()));
        return lag;
    }

    /** The agents' plays, each a session of its own. */
    public SessionTally sessions() {
        SessionTally sessions = new SessionTally();
        plays.values().stream().filter(Play::begun).forEach(play -> sessions.add(play.ended()));
        return sessions;
    }

    /** Steps handed to the transport. */
    public long sent() {
        return sent;
    }

    /** Steps sent, and steps not sent although their time had come; steps skipped were never due. */
    public long due() {
        return due;
    }

    /** Steps not sent for want of a value, or because their tool may not be played. */
    public long skipped() {
        return skipped;
    }
}
