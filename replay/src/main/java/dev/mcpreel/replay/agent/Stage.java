package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.tap.RunTap;
import dev.mcpreel.replay.plan.Plan;
import dev.mcpreel.replay.transport.Transport;
import java.util.List;

/**
 * What all agents of a run share. Thread-safe.
 *
 * @param scripts the plan's scripts made ready to send, by index
 * @param instance the target's number in step records
 */
public record Stage(
        Plan plan, Transport transport, RunTap runTap, RunMeter meter, List<ReadyScript> scripts, int instance) {
    /** Makes the plan's scripts ready. */
    public static Stage of(Plan plan, Transport transport, RunTap runTap, RunMeter meter) {
        List<ReadyScript> ready = plan.scripts().stream()
                .map(script -> ReadyScript.of(script, runTap))
                .toList();
        int instance = runTap.nameId(transport.target().origin());
        return new Stage(plan, transport, runTap, meter, ready, instance);
    }

    long nanoTime() {
        return transport.nanoTime().getAsLong();
    }

    /** What the agent itself takes: divided by speed, as its thinking is. */
    long atSpeed(long recordedNanos) {
        double speed = plan.options().speed();
        return speed == 1 ? recordedNanos : Math.round(recordedNanos / speed);
    }
}
