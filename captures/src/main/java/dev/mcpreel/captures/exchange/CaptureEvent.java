package dev.mcpreel.captures.exchange;

/**
 * One thing a capture holds. Times are nanoseconds of the recorder's monotonic clock; {@link ClockAnchor} ties them to
 * the wall clock. All implementations are immutable and may cross threads.
 */
public sealed interface CaptureEvent
        permits ExchangeEvent, Gap, ClockAnchor, NameDefined, StepRecord, RunSample, ExchangeCounts {
    /** Which implementation this is, for a switch without a default. */
    EventKind kind();

    /** When it happened: nanoseconds of the recorder's monotonic clock. */
    long atNanos();
}
