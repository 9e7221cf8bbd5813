package dev.mcpreel.analysis.testkit;

import static dev.mcpreel.analysis.testkit.Times.at;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;

/**
 * A step of a replay, in milliseconds; 0 for what never came.
 *
 * @param method number of the method's name
 * @param tool number of the tool's name
 */
public record Stepped(
        int agent,
        int step,
        StepKind kind,
        int method,
        int tool,
        double planned,
        double due,
        double sent,
        double done,
        double own,
        Outcome outcome,
        int code) {
    /** An answered request, planned, due and sent at the same moment. */
    public static Stepped request(int agent, int step, int method, int tool, double sent, double done) {
        return new Stepped(agent, step, StepKind.REQUEST, method, tool, sent, sent, sent, done, 0, Outcome.OK, 200);
    }

    public Stepped kind(StepKind newKind) {
        return new Stepped(agent, step, newKind, method, tool, planned, due, sent, done, own, outcome, code);
    }

    public Stepped planned(double newPlanned, double newDue) {
        return new Stepped(agent, step, kind, method, tool, newPlanned, newDue, sent, done, own, outcome, code);
    }

    public Stepped own(double millis) {
        return new Stepped(agent, step, kind, method, tool, planned, due, sent, done, millis, outcome, code);
    }

    public Stepped ended(Outcome newOutcome, int newCode) {
        return new Stepped(agent, step, kind, method, tool, planned, due, sent, done, own, newOutcome, newCode);
    }

    /** Never handed over. */
    public Stepped unsent(Outcome newOutcome) {
        return new Stepped(agent, step, kind, method, tool, planned, due, 0, 0, 0, newOutcome, 0);
    }

    public StepRecord stepRecord() {
        return new StepRecord(
                at(Math.max(due, Math.max(sent, done))),
                0,
                0,
                agent,
                0,
                step,
                kind,
                method,
                tool,
                0,
                outcome,
                code,
                at(planned),
                due == 0 ? 0 : at(due),
                sent == 0 ? 0 : at(sent),
                done == 0 || code == 0 ? 0 : at(done),
                done == 0 ? 0 : at(done),
                Math.round(own * 1e6),
                100,
                1000);
    }
}
