package dev.mcpreel.analysis.calls;

import dev.mcpreel.captures.exchange.Outcome;
import java.util.List;

/**
 * A group of requests: their outcomes, and the service times of those that have one. Service time is from sending to
 * the complete answer, less what the agent itself took answering the server meanwhile.
 *
 * <p>{@link #service()} holds only requests that ended with an answer (a result or an error) or failed at a definite
 * time (deadline, reset, cut stream, refused connection). A request the agent cancelled, one in flight when the capture
 * ended, and one never sent are outcomes without a duration.
 */
public final class RequestTally {
    private final OutcomeTally outcomes = new OutcomeTally();
    private final OutcomeTally unsent = new OutcomeTally();
    private final Distribution service;
    private long made;

    RequestTally(Distribution service) {
        this.service = service;
    }

    void add(CallSample sample) {
        if (sample.wasMade()) {
            made++;
            outcomes.add(sample.outcome(), sample.code());
        } else {
            unsent.add(sample.outcome(), sample.code());
        }
        if (sample.hasDuration()) {
            service.record(sample.serviceNanos());
        }
    }

    /** Requests the server was asked, or that failed on the way to it; steps never sent are left out. */
    public long made() {
        return made;
    }

    /** Requests made that came to this outcome. */
    public long count(Outcome outcome) {
        return outcomes.count(outcome);
    }

    /** Requests never sent, for what this outcome says. */
    public long unsent(Outcome outcome) {
        return unsent.count(outcome);
    }

    /** Requests with any outcome, made or not. */
    public long total() {
        long total = made;
        for (Outcome outcome : Outcome.values()) {
            total += unsent(outcome);
        }
        return total;
    }

    public long succeeded() {
        return count(Outcome.OK);
    }

    /** Requests the server failed: see {@link Outcome#isError()}. */
    public long failed() {
        long failed = 0;
        for (Outcome outcome : Outcome.values()) {
            if (outcome.isError()) {
                failed += count(outcome);
            }
        }
        return failed;
    }

    /** The most frequent error codes of an outcome, the most frequent first. */
    public List<CodeCount> codes(Outcome outcome, int limit) {
        return outcomes.codes(outcome, limit);
    }

    /** Service times in nanoseconds. */
    public Distribution service() {
        return service;
    }
}
