package dev.mcpreel.captures.store;

import java.util.List;

/**
 * What one pass over a log found beside its events.
 *
 * @param records readable records, those of unknown types too
 * @param bytes bytes of those records
 * @param events events handed over
 * @param unknownRecords records of a type or schema this version does not know
 * @param outOfOrder records whose sequence number was not above the one before
 * @param holes sequence numbers missing between the first record and the last
 * @param damaged regions that could not be read
 * @param exchanges what the records say of the exchanges
 */
public record ReadSummary(
        long records,
        long bytes,
        long events,
        long unknownRecords,
        long outOfOrder,
        List<SequenceHole> holes,
        List<DamagedRegion> damaged,
        LoggedExchanges exchanges) {
    public ReadSummary {
        holes = List.copyOf(holes);
        damaged = List.copyOf(damaged);
    }

    /** Of a log that says nothing of exchanges. */
    public ReadSummary(
            long records,
            long bytes,
            long events,
            long unknownRecords,
            long outOfOrder,
            List<SequenceHole> holes,
            List<DamagedRegion> damaged) {
        this(records, bytes, events, unknownRecords, outOfOrder, holes, damaged, LoggedExchanges.NONE);
    }

    /** Whether every record that was written, as far as the log itself can tell, was read. */
    public boolean intact() {
        return holes.isEmpty() && damaged.isEmpty() && outOfOrder == 0;
    }
}
