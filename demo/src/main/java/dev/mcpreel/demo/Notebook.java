package dev.mcpreel.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent remembers of the answers it got. For its agent's thread alone. */
final class Notebook {
    private @Nullable String orderId;
    private @Nullable String ticketId;

    /** Keeps the first order of a search and the id of a new ticket; anything else it forgets. */
    void note(String tool, @Nullable Object structured) {
        if (!(structured instanceof Map<?, ?> answer)) {
            return;
        }
        if (tool.equals("create_ticket") && answer.get("ticket_id") instanceof String id) {
            ticketId = id;
        }
        if (tool.equals("search_orders")
                && answer.get("orders") instanceof List<?> orders
                && !orders.isEmpty()
                && orders.get(0) instanceof Map<?, ?> first
                && first.get("order_id") instanceof String id) {
            orderId = id;
        }
    }

    /** @throws IllegalStateException when no search has found an order yet */
    String orderId() {
        return known(orderId, "no order was found before");
    }

    /** @throws IllegalStateException when no ticket has been opened yet */
    String ticketId() {
        return known(ticketId, "no ticket was opened before");
    }

    private static String known(@Nullable String value, String otherwise) {
        if (value == null) {
            throw new IllegalStateException(otherwise);
        }
        return value;
    }
}
