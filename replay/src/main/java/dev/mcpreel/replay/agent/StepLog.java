package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.exchange.StepKind;
import dev.mcpreel.captures.exchange.StepRecord;
import dev.mcpreel.captures.session.Verdict;
import dev.mcpreel.replay.plan.Step;
import dev.mcpreel.replay.transport.Exchange;
import java.util.BitSet;

/** Writes exactly one record for each step of one agent session. Confined to the agent's event loop. */
final class StepLog {
    private final Stage stage;
    private final int agent;
    private final ReadyScript script;
    private final BitSet written;

    StepLog(Stage stage, int agent, ReadyScript script) {
        this.stage = stage;
        this.agent = agent;
        this.script = script;
        this.written = new BitSet(script.size());
    }

    boolean has(int step) {
        return written.get(step);
    }

    /** A step that was handed over is over. */
    void sent(Flight flight, Verdict verdict, long doneNanos) {
        Exchange exchange = flight.exchange();
        Step step = flight.step();
        long ownNanos = flight.own.totalNanos(doneNanos);
        StepRecord entry = new StepRecord(
                doneNanos,
                exchange.exchangeId(),
                exchange.connectionId(),
                agent,
                script.script().index(),
                step.index(),
                step.kind(),
                flight.ready.method(),
                flight.ready.tool(),
                exchange.status() == 0 ? 0 : stage.instance(),
                verdict.outcome(),
                verdict.code(),
                flight.due.plannedNanos(),
                flight.due.dueNanos(),
                exchange.handedOverNanos(),
                exchange.firstEventNanos(),
                doneNanos,
                ownNanos,
                exchange.bytesOut(),
                exchange.bytesIn());
        write(entry);
        if (step.kind() == StepKind.REQUEST) {
            stage.meter().waiting(-1);
        }
        if (step.isCall() && verdict.outcome() != Outcome.INTERRUPTED) {
            stage.meter().called(entry.serviceNanos());
        }
    }

    /** A step is not sent after all. */
    void unsent(Due due, Outcome outcome) {
        ReadyStep ready = script.steps().get(due.step());
        write(new StepRecord(
                stage.nanoTime(),
                0,
                0,
                agent,
                script.script().index(),
                due.step(),
                ready.step().kind(),
                ready.method(),
                ready.tool(),
                0,
                outcome,
                0,
                due.plannedNanos(),
                due.dueNanos(),
                0,
                0,
                0,
                0,
                0,
                0));
    }

    private void write(StepRecord entry) {
        if (written.get(entry.step())) {
            throw new IllegalStateException("step " + entry.step() + " has a record already");
        }
        written.set(entry.step());
        stage.runTap().step(entry);
        stage.meter().recorded(entry.outcome());
    }
}
