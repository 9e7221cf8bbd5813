package dev.mcpreel.captures.store;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.EventKind;
import dev.mcpreel.captures.exchange.ExchangeEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets through what a capture without its oldest records still tells from the beginning: of exchanges that began in what was
 * removed, nothing. They are then as exchanges that were never recorded, and not calls without a start.
 */
final class Beginnings implements Predicate<CaptureEvent> {
    private final Set<Long> open = new HashSet<>();

    @Override
    public boolean test(CaptureEvent event) {
        if (!(event instanceof ExchangeEvent exchange)) {
            return true;
        }
        if (event.kind() == EventKind.REQUEST_HEAD) {
            // Beyond that it is as one that began before, so that a hostile log cannot fill the memory.
            if (open.size() < Wholeness.MAX_OPEN) {
                open.add(exchange.exchangeId());
            }
            return open.contains(exchange.exchangeId());
        }
        return event.kind() == EventKind.EXCHANGE_END
                ? open.remove(exchange.exchangeId())
                : open.contains(exchange.exchangeId());
    }
}
