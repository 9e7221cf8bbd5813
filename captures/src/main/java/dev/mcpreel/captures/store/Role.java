package dev.mcpreel.captures.store;

/** Where a capture came from. */
public enum Role {
    /** Recorded from clients that were not ours. */
    RECORDED,
    /** A replay's own traffic. */
    REPLAYED
}
