package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.Gap;
import dev.mcpreel.captures.exchange.LossReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the writer recorded and what it lost, in exchanges and for the next gap records. An exchange is counted at its
 * end: the source does not know of the writer's losses, nor the writer of the source's but by the mark on the end.
 * Confined to the writer thread.
 */
final class Ledger {
    private static final class Tally {
        long exchanges;
        long events;
        long bytes;
    }

    private final Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
    private final Map<LossReason, Tally> gaps = new EnumMap<>(LossReason.class);
    /** Exchanges that lost an event here and whose end is still to come. */
    private final Map<Long, LossReason> broken = new HashMap<>();

    private final RecordView item = new RecordView();
    private long recorded;
    private long steps;
    private long lostSteps;

    /** Marks the end of an exchange that lost events here, before it is sealed. */
    void mark(RecordView record) {
        if (record.type() == RecordType.EXCHANGE_END && broken.containsKey(record.exchangeId)) {
            record.array[record.fixedAt + Format.END_FLAGS_AT] |= Format.LOST_BY_WRITER;
        }
    }

    /** A record is in the log; true when it ends an exchange that is now there whole. */
    boolean appended(RecordView record) {
        if (record.type() == RecordType.STEP) {
            steps++;
        }
        if (!record.endsExchange()) {
            return false;
        }
        LossReason reason = broken.remove(record.exchangeId);
        if (record.lostBefore()) {
            return false;
        }
        if (reason != null) {
            lost.merge(reason, 1L, Long::sum);
            return false;
        }
        recorded++;
        return true;
    }

    /** A record will never be in the log. */
    void dropped(RecordView record, LossReason reason) {
        RecordType type = record.type();
        tally(record, gaps.computeIfAbsent(reason, key -> new Tally()));
        if (type == RecordType.STEP) {
            lostSteps++;
        } else if (record.endsExchange()) {
            LossReason first = broken.remove(record.exchangeId);
            if (!record.lostBefore()) {
                lost.merge(first == null ? reason : first, 1L, Long::sum);
            }
        } else if (type != null && type.chunked()) {
            broken.putIfAbsent(record.exchangeId, reason);
        }
    }

    private void tally(RecordView record, Tally tally) {
        RecordType type = record.type();
        if (type == RecordType.EXCHANGE) {
            tally.exchanges++;
            tally.events += record.u16(0, 0);
            tally.bytes += bodyBytes(record);
        } else {
            boolean first = record.firstChunk();
            tally.exchanges += first && type == RecordType.REQUEST_HEAD ? 1 : 0;
            tally.events += first ? 1 : 0;
            tally.bytes += type == RecordType.BODY ? record.varLen : 0;
        }
    }

    /** The gap records to write for what was dropped and not yet told by {@link #gapWritten}. */
    List<Gap> gaps(long atNanos) {
        List<Gap> list = new ArrayList<>(gaps.size());
        gaps.forEach(
                (reason, tally) -> list.add(new Gap(atNanos, reason, -1, tally.exchanges, tally.events, tally.bytes)));
        return list;
    }

    void gapWritten(LossReason reason) {
        gaps.remove(reason);
    }

    long recorded() {
        return recorded;
    }

    long steps() {
        return steps;
    }

    long lostSteps() {
        return lostSteps;
    }

    Map<LossReason, Long> lost() {
        return Map.copyOf(lost);
    }

    private long bodyBytes(RecordView exchange) {
        long bytes = 0;
        for (int at = exchange.varAt; item.setItem(exchange, at); at = Items.next(item.array, at)) {
            bytes += item.type() == RecordType.BODY ? item.varLen : 0;
        }
        return bytes;
    }
}
