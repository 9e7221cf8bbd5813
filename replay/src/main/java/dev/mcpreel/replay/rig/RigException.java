package dev.mcpreel.replay.rig;

/** A run that cannot start. The message is one line that names the option and the cure. */
public final class RigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act. */
    public enum Category {
        /** An option is wrong. */
        INPUT,
        /** The options are right, and the target cannot be reached. */
        FAILED
    }

    private final Category category;

    public RigException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public RigException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
