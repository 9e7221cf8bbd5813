package dev.mcpreel.captures.exchange;

/** How much of a body part the capture kept. */
public enum BodyState {
    /** Every byte, less what was redacted. */
    WHOLE,
    /** Left out by policy, or because it cannot be searched for secrets in reasonable time; length and hash only. */
    OMITTED,
    /** Over the size cap for one message; length and hash only. */
    TOO_LARGE,
    /** In a content coding that was not or could not be decoded, so it could not be redacted; length and hash only. */
    UNKNOWN_ENCODING,
    /** Some bytes never reached the recorder; length and hash only, and the length is a lower bound. */
    LOST_IN_PART
}
