package dev.mcpreel.captures.store;

import java.util.HashMap;
import java.util.Map;

/**
 * Which exchanges of a damaged log are whole. One that was open where records are missing is not taken for whole: nothing
 * tells what of it stood there. Without missing records only the marks on the ends count.
 */
final class Wholeness {
    /** More that are open at a time are counted and not told apart, so that a hostile log cannot fill the memory. */
    static final int MAX_OPEN = 1_000_000;

    /**
     * An exchange that has no end yet.
     *
     * @param holes how many places with missing records came before its first record
     * @param hasHead whether that was its head
     */
    private record Open(long holes, boolean hasHead) {}

    private final int maxOpen;
    private final Map<Long, Open> open = new HashMap<>();
    private long untold;
    private long holes;
    private long whole;
    private long damaged;
    private long marked;
    private long markedWithHead;

    Wholeness() {
        this(MAX_OPEN);
    }

    Wholeness(int maxOpen) {
        this.maxOpen = maxOpen;
    }

    /** Takes the next record; true for the end, or a part of the end, of an exchange of which something may be missing. */
    boolean isDamagedEnd(RecordView record) {
        if (record.missing > 0) {
            holes++;
        }
        RecordType type = record.type();
        if (type == RecordType.EXCHANGE) {
            count(record.incomplete(), true, false);
            return false;
        }
        if (type == null || !type.chunked()) {
            return false;
        }
        Open one = open.get(record.exchangeId);
        boolean head = type == RecordType.REQUEST_HEAD && record.firstChunk();
        if (one == null && (open.size() >= maxOpen || (untold > 0 && !head))) {
            return isUntoldEnd(record, head);
        }
        if (one == null) {
            one = new Open(holes, head);
            open.put(record.exchangeId, one);
        }
        boolean broken = one.holes != holes || (holes > 0 && !one.hasHead);
        if (record.endsExchange()) {
            open.remove(record.exchangeId);
            count(record.incomplete(), one.hasHead, broken);
        }
        return broken && type == RecordType.EXCHANGE_END;
    }

    /** One of those beyond counting: nobody knows whether all of it is there. */
    private boolean isUntoldEnd(RecordView record, boolean head) {
        if (record.endsExchange()) {
            untold = Math.max(0, untold - 1);
            count(record.incomplete(), false, true);
        } else if (head) {
            untold++;
        }
        return record.type() == RecordType.EXCHANGE_END;
    }

    private void count(boolean isMarked, boolean hasHead, boolean broken) {
        if (isMarked) {
            marked++;
            markedWithHead += hasHead ? 1 : 0;
        } else if (broken) {
            damaged++;
        } else {
            whole++;
        }
    }

    long whole() {
        return whole;
    }

    /** With an end that is not marked, and records missing. */
    long damaged() {
        return damaged;
    }

    /** With an end that says that the recorder lost some of it. */
    long marked() {
        return marked;
    }

    /** Of those marked the ones whose head is there; the gap records count the others. */
    long markedWithHead() {
        return markedWithHead;
    }

    /** Without an end. */
    long open() {
        return open.size() + untold;
    }
}
