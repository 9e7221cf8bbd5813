package dev.mcpreel.captures.exchange;

/** Why the recording lost something; the traffic never does. */
public enum LossReason {
    /** The lane between an event loop and the recorder was full. */
    LANE_FULL,
    /** Too little space left on the disk. */
    DISK_FULL,
    /** The log could not be written. */
    WRITE_FAILED,
    /** The recorder itself failed on it. */
    RECORDER_FAULT,
    /** It was in a log that was damaged later, or its recorder died before it was; said of what a salvage could not get back. */
    DAMAGED
}
