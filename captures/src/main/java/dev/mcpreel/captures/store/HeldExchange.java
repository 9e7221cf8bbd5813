package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.ExchangeEvent;

/** The events of a small exchange so far, encoded, waiting for its end. */
final class HeldExchange {
    private final EncodeBuffer items;
    private final long exchangeId;
    private final long connectionId;
    private final long baseNanos;
    private final long sinceNanos;
    private int count;

    HeldExchange(EncodeBuffer items, ExchangeEvent first, long sinceNanos) {
        this.items = items;
        this.exchangeId = first.exchangeId();
        this.connectionId = first.connectionId();
        this.baseNanos = first.atNanos();
        this.sinceNanos = sinceNanos;
    }

    /** All of the event or nothing: half an item would spoil those that follow. */
    void add(ExchangeEvent event, boolean incomplete) {
        int before = items.length();
        try {
            EventCodec.encode(items, event, baseNanos, incomplete);
        } catch (RuntimeException e) {
            items.truncate(before);
            throw e;
        }
        count++;
    }

    EncodeBuffer items() {
        return items;
    }

    long exchangeId() {
        return exchangeId;
    }

    long connectionId() {
        return connectionId;
    }

    /** The time of its first event, which the items count from. */
    long baseNanos() {
        return baseNanos;
    }

    /** When it began to be held. */
    long sinceNanos() {
        return sinceNanos;
    }

    int count() {
        return count;
    }

    /** Gives up waiting: the events become records of their own. */
    void writeApart(Records.Output out) {
        for (int at = 0; at < items.length(); at = Items.next(items.array(), at)) {
            Records.write(out, items, at, baseNanos, exchangeId, connectionId);
        }
    }
}
