package dev.mcpreel.captures.redact;

/** Hears what was replaced, and never a value. */
public interface FindingSink {
    /** Hears nothing. */
    FindingSink NONE = finding -> {};

    void found(Finding finding);
}
