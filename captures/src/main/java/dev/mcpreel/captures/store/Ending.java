package dev.mcpreel.captures.store;

/** How a capture ended, as its manifest says. */
public enum Ending {
    /** Being written, or its writer died before it could say otherwise. */
    OPEN,
    /** Closed in good order. */
    COMPLETE,
    /**
     * A replay that was stopped before its plan was done; what it measured is there. Also what was salvaged of a capture that had
     * no end, or of which it is not known.
     */
    STOPPED
}
