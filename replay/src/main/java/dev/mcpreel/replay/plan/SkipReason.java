package dev.mcpreel.replay.plan;

/** Why the plan leaves a recorded step out. */
public enum SkipReason {
    /** The recording has no {@code readOnlyHint: true} for the tool. */
    NOT_READ_ONLY("not declared read-only"),
    /** The recording has {@code destructiveHint: true} for the tool. */
    DESTRUCTIVE("declared destructive"),
    /** The tool is not among those named. */
    NOT_NAMED("not among the tools named"),
    /** A method the protocol does not define: nobody can say it is safe. */
    UNKNOWN_METHOD("a method the protocol does not define"),
    /** It needs a value that only a step left out would issue. */
    UNBOUND("needs a value of a step left out"),
    /** It needs a value that the capture holds only as a hash, and that no answer gives. */
    REDACTED("needs a value the capture holds only as a hash");

    private final String words;

    SkipReason(String words) {
        this.words = words;
    }

    /** The reason as people read it, without a capital or a full stop. */
    public String words() {
        return words;
    }
}
