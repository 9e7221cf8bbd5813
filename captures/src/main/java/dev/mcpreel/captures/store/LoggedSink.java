package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;

/** Takes the events of a log as they stand in it. */
public interface LoggedSink {
    /**
     * Takes the next one.
     *
     * @param incomplete of an end: the log says that events of its exchange were lost
     */
    void accept(CaptureEvent event, boolean incomplete);
}
