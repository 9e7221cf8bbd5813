package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An event and its place in the log to be made.
 *
 * @param where the place in the file it is from
 * @param atNanos its time, or that of an event of its exchange before it if that is later
 * @param number its place in the log it was exported from, 0 when it was not
 * @param incomplete of an end: events of its exchange are not there
 */
record Placed(String where, long atNanos, long number, CaptureEvent event, boolean incomplete) {
    /** The events of an exchange, in order. */
    static List<Placed> of(String where, List<? extends ExchangeEvent> events, boolean incomplete) {
        List<Placed> placed = new ArrayList<>(events.size());
        long at = Long.MIN_VALUE;
        for (ExchangeEvent event : events) {
            at = Math.max(at, event.atNanos());
            placed.add(new Placed(where, at, 0, event, incomplete));
        }
        return placed;
    }

    /** As a log has them: as they were numbered where all are, and in order of time otherwise. */
    static void sort(List<Placed> all) {
        boolean numbered = all.stream().allMatch(placed -> placed.number > 0);
        all.sort(numbered ? Comparator.comparingLong(Placed::number) : Comparator.comparingLong(Placed::atNanos));
    }
}
