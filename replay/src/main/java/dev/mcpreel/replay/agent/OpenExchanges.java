package dev.mcpreel.replay.agent;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.replay.transport.Exchange;
import java.util.ArrayList;
import java.util.List;

/** The exchanges of an agent that have not ended: those of its steps, and those of its answers. Not thread-safe. */
final class OpenExchanges {
    private final List<Exchange> exchanges = new ArrayList<>();

    void add(Exchange exchange) {
        exchanges.removeIf(Exchange::isEnded);
        exchanges.add(exchange);
    }

    boolean isEmpty() {
        exchanges.removeIf(Exchange::isEnded);
        return exchanges.isEmpty();
    }

    void cancelAll(EndCause cause, EndedBy endedBy, String detail) {
        exchanges.forEach(exchange -> exchange.cancel(cause, endedBy, detail));
        exchanges.clear();
    }
}
