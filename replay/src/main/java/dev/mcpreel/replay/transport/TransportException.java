package dev.mcpreel.replay.transport;

/** The target cannot be spoken to at all; the message is one line for people and names the cause. */
public final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    public TransportException(String message) {
        super(message);
    }

    public TransportException(String message, Throwable cause) {
        super(message, cause);
    }
}
