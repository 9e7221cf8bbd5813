package dev.mcpreel.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * What one agent will do, decided before it starts: a function of the seed and the agent's number alone.
 *
 * @param turns in order
 */
record Script(List<Turn> turns) {
    private static final List<String> COMPLAINTS = List.of(
            "Parcel arrived damaged", "Wrong colour delivered", "Invoice shows the old address", "Never arrived");

    /** The agent thinks, then plays the legs one after the other; the asks of a leg go out together. */
    record Turn(long thinkMillis, List<List<Ask>> legs) {}

    /** One call. Its arguments may need what earlier answers brought. */
    record Ask(String tool, Function<Notebook, Map<String, Object>> arguments, boolean wantsProgress) {}

    static Script of(long seed, int agent) {
        return new Writer(new SplittableRandom(seed * 1_000_003 + agent)).write();
    }

    private record Writer(SplittableRandom dice) {
        Script write() {
            List<Turn> middle = new ArrayList<>(List.of(checkStock(), readReport(), lookAround()));
            List<Turn> turns = new ArrayList<>();
            turns.add(lookUp());
            turns.add(fileTicket());
            while (!middle.isEmpty()) {
                turns.add(middle.remove(dice.nextInt(middle.size())));
            }
            turns.add(fileTicket());
            turns.add(followUp());
            return new Script(turns);
        }

        private Turn lookUp() {
            List<Ask> searches = new ArrayList<>(List.of(search(false)));
            for (int more = dice.nextInt(1, 4); more > 0; more--) {
                searches.add(search(true));
            }
            return turn(searches);
        }

        private Turn fileTicket() {
            String summary = pick(COMPLAINTS);
            Ask create = new Ask(
                    "create_ticket", notes -> arguments("order_id", notes.orderId(), "summary", summary), false);
            return turn(List.of(create), dice.nextBoolean() ? List.of(ticket()) : List.of(ticket(), lookup()));
        }

        private Turn checkStock() {
            List<Ask> lookups = new ArrayList<>(List.of(lookup(), lookup()));
            if (dice.nextBoolean()) {
                lookups.add(lookup());
            }
            return turn(lookups, List.of(search(true)));
        }

        private Turn readReport() {
            String month = String.format(Locale.ROOT, "%d-%02d", OrderBook.YEAR, dice.nextInt(1, 13));
            Ask report = new Ask("monthly_report", notes -> arguments("month", month), true);
            return turn(List.of(report, search(true)));
        }

        private Turn lookAround() {
            return turn(List.of(search(true)), List.of(lookup(), search(true)));
        }

        private Turn followUp() {
            return turn(List.of(ticket(), search(true)));
        }

        private Ask search(boolean narrowed) {
            String customer = pick(OrderBook.CUSTOMERS);
            String status = pick(OrderBook.STATUSES);
            return new Ask(
                    "search_orders",
                    notes -> narrowed
                            ? arguments("customer", customer, "status", status, "limit", 5)
                            : arguments("customer", customer),
                    false);
        }

        private Ask ticket() {
            return new Ask("get_ticket", notes -> arguments("ticket_id", notes.ticketId()), false);
        }

        private Ask lookup() {
            String sku = String.format(Locale.ROOT, "SKU-%04d", dice.nextInt(10_000));
            return new Ask("flaky_lookup", notes -> arguments("sku", sku), false);
        }

        private Turn turn(List<Ask> leg) {
            return turnOf(List.of(leg));
        }

        private Turn turn(List<Ask> first, List<Ask> second) {
            return turnOf(List.of(first, second));
        }

        private Turn turnOf(List<List<Ask>> legs) {
            return new Turn(dice.nextInt(300, 1_501), legs);
        }

        private String pick(List<String> choices) {
            return choices.get(dice.nextInt(choices.size()));
        }
    }

    private static Map<String, Object> arguments(Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }
}
