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
 */
public record ReadSummary(
        long records,
        long bytes,
        long events,
        long unknownRecords,
        long outOfOrder,
        List<SequenceHole> holes,
        List<DamagedRegion> damaged) {
    public ReadSummary {
        holes = List.copyOf(holes);
        damaged = List.copyOf(damaged);
    }

    /** Whether every record that was written, as far as the log itself can tell, was read. */
    public boolean intact() {
        return holes.isEmpty() && damaged.isEmpty() && outOfOrder == 0;
    }
}
