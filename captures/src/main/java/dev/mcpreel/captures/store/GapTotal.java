package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.LossReason;

/** The gap records of one reason, added up; see {@link dev.mcpreel.captures.exchange.Gap}. */
public record GapTotal(LossReason reason, long records, long exchanges, long events, long bytes) {
    GapTotal plus(GapTotal other) {
        return new GapTotal(
                reason,
                records + other.records,
                exchanges + other.exchanges,
                events + other.events,
                bytes + other.bytes);
    }
}
