package dev.mcpreel.captures.store;

import java.util.List;

/**
 * What one pass over a log found beside its events.
 *
 * @param records readable records, those of unknown types too
 * @param bytes bytes of those records
 * @param events events handed over
 * @param unknownRecords records of a type or schema this version does not know
 * @param outOfOrder records that came after others with higher sequence numbers, and copies of records that came before;
 *     copies are not handed over
 * @param repeated records that begin another log with the last number of the log before. Their writer took the last record
 *     there for lost: no damage, and both are handed over
 * @param missing sequence numbers missing below the highest
 * @param holes where they are missing, the first 10,000 places
 * @param damagedBytes bytes that could not be read
 * @param damaged regions that could not be read, the first 10,000
 * @param exchanges what the records say of the exchanges
 */
public record ReadSummary(
        long records,
        long bytes,
        long events,
        long unknownRecords,
        long outOfOrder,
        long repeated,
        long missing,
        List<SequenceHole> holes,
        long damagedBytes,
        List<DamagedRegion> damaged,
        LoggedExchanges exchanges) {
    public ReadSummary {
        holes = List.copyOf(holes);
        damaged = List.copyOf(damaged);
    }

    /** For a log read elsewhere, none of whose numbers was repeated, and that says nothing of exchanges. */
    public ReadSummary(
            long records,
            long bytes,
            long events,
            long unknownRecords,
            long outOfOrder,
            List<SequenceHole> holes,
            List<DamagedRegion> damaged) {
        this(
                records,
                bytes,
                events,
                unknownRecords,
                outOfOrder,
                0,
                holes.stream().mapToLong(SequenceHole::count).sum(),
                holes,
                damaged.stream().mapToLong(DamagedRegion::length).sum(),
                damaged,
                LoggedExchanges.NONE);
    }

    /** Whether every record that was written, as far as the log itself can tell, was read. */
    public boolean intact() {
        return holes.isEmpty() && damaged.isEmpty() && outOfOrder == 0;
    }

    /**
     * How many records once were written and are not there, without those that retention removed. Numbers tell of what is missing
     * between two records; only the manifest of a capture with an end tells of what is missing behind the last.
     */
    public long missing(Manifest manifest) {
        Removed removed = manifest.removed();
        long left = manifest.counts().records() - (removed == null ? 0 : removed.records());
        return Math.max(missing, left - records);
    }
}
