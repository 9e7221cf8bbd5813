package dev.mcpreel.captures.store;

/** A capture that cannot be opened, read or written. The message is one line that names the file and the cure. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act. */
    public enum Category {
        /** The path given is wrong: missing, empty, no capture, not writable, of a newer format. */
        INPUT,
        /** The capture was once right and no longer is. */
        DAMAGED,
        /** The disk or the log failed. */
        FAILED,
        /** The disk let a capture be begun and not be ended; what is there reads as interrupted. */
        UNFINISHED
    }

    private final Category category;

    public CaptureException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public CaptureException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
