package dev.mcpreel.analysis.waterfall;

import java.util.List;

/**
 * A row of a {@link Waterfall}. Texts may come from the wire and are not escaped.
 *
 * @param number counts the calls of the session from 1; 0 for all else
 * @param label what it is: the tool, or the method and what it asks for
 * @param startNanos first byte
 * @param endNanos when it was done; of a notification its start
 * @param outcome how it ended, with a code where one says more; empty when there is nothing to say
 * @param failed whether that is an error
 * @param notes what there is to know about it, each a few words
 * @param marks moments inside, progress for one
 * @param waits when the server waited for the agent
 * @param exchangeId the exchange that began it
 * @param instance the server process that got it; empty when none did or it is unknown
 * @param transportId the transport session; empty when unknown
 * @param rows what belongs under it, in order of start
 */
public record Row(
        RowKind kind,
        int number,
        String label,
        long startNanos,
        long endNanos,
        String outcome,
        boolean failed,
        List<String> notes,
        List<Long> marks,
        List<Stretch> waits,
        Content content,
        long exchangeId,
        String instance,
        String transportId,
        List<Row> rows) {
    public Row {
        notes = List.copyOf(notes);
        marks = List.copyOf(marks);
        waits = List.copyOf(waits);
        rows = List.copyOf(rows);
    }

    public long durationNanos() {
        return endNanos - startNanos;
    }

    /** A moment, and no stretch of time. */
    public boolean isMoment() {
        return kind == RowKind.NOTIFICATION || kind == RowKind.SERVER_NOTIFICATION;
    }
}
