package dev.mcpreel.demo;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Tickets, each known only to the MCP session that opened it, until the server closes. Safe for use from any thread. */
final class TicketDesk {
    @JsonNaming(SnakeCaseStrategy.class)
    record Ticket(String ticketId, String orderId, String status, String summary) {}

    private record Filed(String session, Ticket ticket) {}

    private final Map<String, Filed> tickets = new ConcurrentHashMap<>();
    private final Chance chance;

    TicketDesk(Chance chance) {
        this.chance = chance;
    }

    /** Files a ticket under an id that no session of this server has seen before. */
    Ticket open(String session, String orderId, String summary) {
        while (true) {
            String id = String.format(Locale.ROOT, "tck-%08x", chance.bits());
            Ticket ticket = new Ticket(id, orderId, "open", summary);
            if (tickets.putIfAbsent(id, new Filed(session, ticket)) == null) {
                return ticket;
            }
        }
    }

    /** The ticket, or nothing when there is none or another session opened it. */
    Optional<Ticket> find(String session, String ticketId) {
        return Optional.ofNullable(tickets.get(ticketId))
                .filter(filed -> filed.session().equals(session))
                .map(Filed::ticket);
    }
}
