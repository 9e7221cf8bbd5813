package dev.mcpreel.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The shop's orders of one year, made up from the seed at start and never changed. */
final class OrderBook {
    /** Customers that have orders; the agents ask for these. */
    static final List<String> CUSTOMERS = List.of(
            "Aldgate Books",
            "Birch & Sons",
            "Corvid Coffee",
            "Dune Outfitters",
            "Elm Street Dental",
            "Fjord Bicycles",
            "Grain & Co",
            "Harbour Lights");

    static final List<String> STATUSES = List.of("open", "shipped", "delivered", "returned");

    static final int YEAR = 2026;
    private static final int ORDERS = 240;

    @JsonNaming(SnakeCaseStrategy.class)
    record Order(String orderId, String customer, String status, String placedOn, double total) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Search(String customer, int matches, List<Order> orders) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Report(String month, int orders, double revenue, Map<String, Integer> byStatus) {}

    private final List<Order> orders = new ArrayList<>(ORDERS);

    OrderBook(Chance chance) {
        int number = 100;
        for (int i = 0; i < ORDERS; i++) {
            number += chance.between(1, 9);
            orders.add(new Order(
                    String.format(Locale.ROOT, "ord-%06d", number),
                    CUSTOMERS.get(i % CUSTOMERS.size()),
                    STATUSES.get(chance.between(0, STATUSES.size() - 1)),
                    LocalDate.ofYearDay(YEAR, chance.between(1, 365)).toString(),
                    chance.between(900, 250_000) / 100.0));
        }
    }

    Search search(String customer, @Nullable String status, int limit) {
        List<Order> found = orders.stream()
                .filter(order -> order.customer().equalsIgnoreCase(customer))
                .filter(order -> status == null || order.status().equals(status))
                .toList();
        return new Search(customer, found.size(), found.stream().limit(limit).toList());
    }

    boolean holds(String orderId) {
        return orders.stream().anyMatch(order -> order.orderId().equals(orderId));
    }

    /** @param month as {@code 2026-03} */
    Report report(String month) {
        Map<String, Integer> byStatus = new TreeMap<>();
        int count = 0;
        double revenue = 0;
        for (Order order : orders) {
            if (order.placedOn().startsWith(month)) {
                count++;
                revenue += order.total();
                byStatus.merge(order.status(), 1, Integer::sum);
            }
        }
        return new Report(month, count, Math.round(revenue * 100) / 100.0, byStatus);
    }
}
