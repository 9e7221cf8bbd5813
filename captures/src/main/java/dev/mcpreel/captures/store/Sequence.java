package dev.mcpreel.captures.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of a log as they come: which are missing so far, and which came before. Where blocks of a disk were
 * swapped, numbers that were missing come late; where one was written in place of another, they come twice.
 */
final class Sequence {
    /** What a number is among those before it. */
    enum Place {
        /** Above all before. */
        NEXT,
        /** Missing until now. */
        LATE,
        /** The last one again, as the first of another log: the writer did not know that it was in the log before. */
        AGAIN,
        /** There already: a copy. */
        COPY
    }

    /** More are counted and not told apart, so that a hostile log cannot fill the memory. */
    private static final int MAX_HOLES = 10_000;

    private final TreeMap<Long, Long> holes = new TreeMap<>();
    private long next;
    private long missing;
    private long skipped;
    private boolean mayBeAgain;

    /** @param first the lowest number that is not gone on purpose */
    Sequence(long first) {
        this.next = first;
    }

    /** What follows is of another log. */
    void nextLog() {
        mayBeAgain = next > 0;
    }

    /** Whether no record with this number came yet. */
    boolean isNew(long seq) {
        return (seq >= next && seq < Long.MAX_VALUE) || holeOf(seq) != null;
    }

    Place take(long seq) {
        skipped = 0;
        boolean again = mayBeAgain && seq == next - 1;
        mayBeAgain = false;
        if (again) {
            return Place.AGAIN;
        }
        if (seq < next || seq == Long.MAX_VALUE) {
            return fill(seq) ? Place.LATE : Place.COPY;
        }
        if (seq > next) {
            skipped = seq - next;
            missing = missing + skipped < 0 ? Long.MAX_VALUE : missing + skipped;
            if (holes.size() < MAX_HOLES) {
                holes.put(next, skipped);
            }
        }
        next = seq + 1;
        return Place.NEXT;
    }

    /** How many numbers are missing right before the last one taken. */
    long skipped() {
        return skipped;
    }

    /** Numbers missing below the highest. */
    long missing() {
        return missing;
    }

    /** Runs of missing numbers, the first 10,000. */
    List<SequenceHole> holes() {
        List<SequenceHole> list = new ArrayList<>(holes.size());
        holes.forEach((first, count) -> list.add(new SequenceHole(first, count)));
        return list;
    }

    /** The number after the highest. */
    long next() {
        return next;
    }

    private boolean fill(long seq) {
        Map.Entry<Long, Long> hole = holeOf(seq);
        if (hole == null) {
            return false;
        }
        long first = hole.getKey();
        long end = first + hole.getValue();
        holes.remove(first);
        if (seq > first) {
            holes.put(first, seq - first);
        }
        // What a hostile log splits beyond counting stays missing, and is not told apart any more.
        if (seq + 1 < end && holes.size() < MAX_HOLES) {
            holes.put(seq + 1, end - seq - 1);
        }
        missing--;
        return true;
    }

    private Map.@Nullable Entry<Long, Long> holeOf(long seq) {
        Map.Entry<Long, Long> hole = holes.isEmpty() ? null : holes.floorEntry(seq);
        return hole != null && seq - hole.getKey() < hole.getValue() ? hole : null;
    }
}
