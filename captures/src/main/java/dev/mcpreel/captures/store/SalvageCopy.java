package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ClockAnchor;
import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.List;

/**
 * Copies the records of a damaged log into a new one, as they are but for their sequence numbers and for the ends of
 * exchanges that lost something; says where records are missing. Any failure ends it.
 */
final class SalvageCopy {
    private final CopyLog log;
    private final List<SequenceHole> holes;
    private final Wholeness wholeness = new Wholeness();
    private final RecordView view = new RecordView();
    private final byte[] buffer = new byte[Format.MAX_RECORD];
    private ClockAnchor lastTimes = new ClockAnchor(0, 0);
    private int nextHole;
    private long copied;
    private long steps;
    private long recorded;

    /** @param holes the numbers that are missing when all is read, in ascending order */
    SalvageCopy(CopyLog log, List<SequenceHole> holes) {
        this.log = log;
        this.holes = holes;
    }

    /** Every log begins with an anchor; to be called where that of this one is not there. */
    void begin(ClockAnchor anchor) {
        log.write(anchor, anchor.wallNanos());
    }

    void record(RecordView record) {
        boolean damaged = wholeness.isDamagedEnd(record);
        if (copied == 0) {
            lastTimes = new ClockAnchor(record.monoNanos, record.wallNanos);
        }
        gap(stillMissing(record.seq - record.missing, record.seq));
        lastTimes = new ClockAnchor(record.monoNanos, record.wallNanos);
        int length = record.total();
        System.arraycopy(record.array, record.fixedAt - Format.HEADER, buffer, 0, length);
        if (damaged && record.fixedLen > Format.END_FLAGS_AT) {
            buffer[Format.HEADER + Format.END_FLAGS_AT] |= Format.LOST_BEFORE;
        }
        view.set(buffer, 0);
        log.write(buffer, 0, length, record.wallNanos);
        steps += view.type() == RecordType.STEP ? 1 : 0;
        recorded += view.endsExchange() && !view.incomplete() ? 1 : 0;
        copied++;
    }

    /** @param missing records known to have stood behind the last one */
    void end(long missing) throws Exception {
        gap(missing);
        log.sync();
    }

    /** Records of the damaged log that are in the new one. */
    long copied() {
        return copied;
    }

    /** What the new log has. */
    CopyTally tally() {
        return new CopyTally(recorded, log.records(), log.bytes(), steps);
    }

    /** A number that was missing may have come late: then it is in none of the holes that are left. */
    private long stillMissing(long from, long to) {
        while (nextHole < holes.size() && end(holes.get(nextHole)) <= from) {
            nextHole++;
        }
        long missing = 0;
        for (int at = nextHole; at < holes.size() && holes.get(at).firstSeq() < to; at++) {
            SequenceHole hole = holes.get(at);
            missing += Math.min(to, end(hole)) - Math.max(from, hole.firstSeq());
        }
        return missing;
    }

    private static long end(SequenceHole hole) {
        return hole.firstSeq() + hole.count();
    }

    private void gap(long missing) {
        if (missing > 0) {
            log.write(new Gap(lastTimes.atNanos(), LossReason.DAMAGED, -1, 0, missing, 0), lastTimes.wallNanos());
        }
    }
}
