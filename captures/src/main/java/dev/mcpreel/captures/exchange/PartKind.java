package dev.mcpreel.captures.exchange;

/** What one {@link BodyPart} holds. */
public enum PartKind {
    /** A whole body that is no event stream. */
    BODY,
    /** One block of an event stream, its closing blank line included; it may hold comments only. */
    SSE_EVENT,
    /** What stood after the last blank line when an event stream ended; a reader discards it as an event. */
    SSE_TAIL
}
