package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.RunSample;
import dev.mcpreel.captures.exchange.StepRecord;

/** Takes what a replay says of itself. Thread-safe; never blocks. */
public interface RunTap {
    /** The number that stands for a name in {@link StepRecord}s; the same for the same name. */
    int nameId(String name);

    /** Records a finished step, on a lane of its own. */
    void step(StepRecord step);

    void sample(RunSample sample);

    /** Steps that could not be recorded; a run that lost one is invalid. */
    long lostSteps();
}
