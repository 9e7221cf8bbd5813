package dev.mcpreel.captures.exchange;

/**
 * Gives a number to a name, so that a {@link StepRecord} can stay small. Stands in the capture before its first use;
 * numbers count from 1 and 0 means none.
 */
public record NameDefined(long atNanos, int id, String name) implements CaptureEvent {
    @Override
    public EventKind kind() {
        return EventKind.NAME_DEFINED;
    }
}
