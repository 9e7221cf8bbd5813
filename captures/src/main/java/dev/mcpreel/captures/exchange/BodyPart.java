package dev.mcpreel.captures.exchange;

/**
 * A whole body, or one event of an event stream.
 *
 * @param atNanos when its last byte was seen; for an SSE event the byte that ended its blank line
 * @param firstByteNanos when its first byte was seen
 * @param index counts the parts of one direction of one exchange from 0
 * @param decoded whether a content coding was undone to redact and keep it
 * @param length bytes on the wire, whatever was kept
 * @param content the bytes when {@link BodyState#WHOLE}, otherwise a keyed hash of 32 bytes or nothing
 */
public record BodyPart(
        long exchangeId,
        long connectionId,
        long atNanos,
        long firstByteNanos,
        Direction direction,
        PartKind part,
        int index,
        BodyState state,
        boolean decoded,
        long length,
        Bytes content)
        implements ExchangeEvent {
    @Override
    public EventKind kind() {
        return EventKind.BODY_PART;
    }

    public boolean isWhole() {
        return state == BodyState.WHOLE;
    }

    /** The same part with what is kept of it instead; its length stays that of the wire. */
    public BodyPart with(BodyState newState, Bytes newContent) {
        return new BodyPart(
                exchangeId,
                connectionId,
                atNanos,
                firstByteNanos,
                direction,
                part,
                index,
                newState,
                decoded,
                length,
                newContent);
    }
}
