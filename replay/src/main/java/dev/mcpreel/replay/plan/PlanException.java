package dev.mcpreel.replay.plan;

/** No plan can be made of what was asked. The message is one line that names the option and the cure. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }
}
