package dev.mcpreel.proxy;

/** A proxy that cannot be configured or started. The message is one line that names the option and the cure. */
public final class ProxyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act. */
    public enum Category {
        /** An option is wrong. */
        INPUT,
        /** The options are right, and this machine does not allow it: port in use, no permission. */
        FAILED
    }

    private final Category category;

    public ProxyException(Category category, String message) {
        super(message);
        this.category = category;
    }

    public ProxyException(Category category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
