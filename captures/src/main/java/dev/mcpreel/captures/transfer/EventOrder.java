package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.CaptureEvent;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Puts the events of an export back into the order of the log, holding as many as {@link ExchangeLines#WINDOW} demands. */
final class EventOrder {
    /** Takes events in order. */
    interface Sink {
        void take(String where, CaptureEvent event, boolean incomplete);
    }

    private final PriorityQueue<Numbered> waiting = new PriorityQueue<>(Comparator.comparingLong(Numbered::number));
    private final Sink sink;
    private long next = 1;
    private long highest;

    EventOrder(Sink sink) {
        this.sink = sink;
    }

    void add(Fields place, long number, CaptureEvent event, boolean incomplete) {
        if (number < next) {
            throw place.bad("an event stands too far from its place, or twice: the lines were put into another order;"
                    + " export the capture again");
        }
        waiting.add(new Numbered(number, place.where(), event, incomplete));
        highest = Math.max(highest, number);
    }

    /** A line has been read whole. */
    void release() {
        for (Numbered first = waiting.peek(); first != null; first = waiting.peek()) {
            if (first.number > next && first.number > highest - ExchangeLines.WINDOW) {
                return;
            }
            pass();
        }
    }

    void finish() {
        while (!waiting.isEmpty()) {
            pass();
        }
    }

    private void pass() {
        Numbered first = waiting.remove();
        next = first.number + 1;
        sink.take(first.where, first.event, first.incomplete);
    }

    private record Numbered(long number, String where, CaptureEvent event, boolean incomplete) {}
}
