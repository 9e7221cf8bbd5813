package dev.mcpreel.captures.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a capture of a real client holds, as a hand-written {@code expected.txt} says it; {@code sessions/README.md} has its
 * grammar. A line that does not keep to the grammar is refused with its number.
 *
 * @param agentKey the value of {@code --agent-key} the capture is read with
 */
record Expectation(String agentKey, List<Transport> transports, List<Agent> agents) {
    /**
     * A transport session.
     *
     * @param http requests by method, as written
     * @param negotiation how it came to terms; empty when the client asked for nothing
     */
    record Transport(String kind, String client, String revision, String ending, String http, List<Item> negotiation) {}

    /**
     * An agent session.
     *
     * @param transports the numbers of the transport sessions it used
     * @param lines in order of start; each holds the items that were under way together
     */
    record Agent(String key, List<Integer> transports, List<List<Item>> lines) {}

    /**
     * Something that happened.
     *
     * @param what for example {@code call echo ok}
     * @param details for example {@code progress 3}
     */
    record Item(String what, List<String> details) {}

    private static final Pattern TRANSPORT = Pattern.compile(
            "transport (\\d+): (streamable|legacy-sse|nameless|modern), client \"([^\"]*)\", revision (\\S+), "
                    + "(ended by DELETE|ended by its stream|refused|left open), http ((?:\\d+ [A-Z]+ ?)+)");
    private static final Pattern AGENT = Pattern.compile(
            "agent (\\d+): by (session|trace|inference|(?:meta|header):\\S+), transports (\\d+(?: \\d+)*)");
    private static final Pattern NEGOTIATION =
            Pattern.compile("negotiation (?:ok|refused), legs (?:server/discover|initialize)(?: initialize)?");
    private static final Pattern ITEM = Pattern.compile(
            "(?:(?:call|request) \\S+ [a-z_]+(?:, (?:progress \\d+\\+?|asked \\S+|resumed \\d+|legs \\S+(?: \\S+)+))*|asked \\S+)");

    static Expectation parse(String text) {
        Parser parser = new Parser();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#") && !parser.take(line)) {
                throw new IllegalArgumentException("line " + number + " is no expectation here: " + line);
            }
        }
        return new Expectation(parser.agentKey, parser.transports, parser.agents);
    }

    /** The lines in their canonical form: no comments, items under way together in order of their text. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Transport transport : transports) {
            lines.add("transport "
                    + (lines.stream()
                                    .filter(line -> line.startsWith("transport "))
                                    .count()
                            + 1) + ": " + transport.kind() + ", client \""
                    + transport.client() + "\", revision " + transport.revision() + ", " + transport.ending()
                    + ", http " + transport.http());
            transport.negotiation().forEach(item -> lines.add("  " + text(item)));
        }
        for (int i = 0; i < agents.size(); i++) {
            Agent agent = agents.get(i);
            lines.add("agent " + (i + 1) + ": by " + agent.key().replaceFirst(":.*", "") + ", transports "
                    + agent.transports().stream().map(String::valueOf).collect(Collectors.joining(" ")));
            agent.lines()
                    .forEach(items -> lines.add(items.stream()
                            .map(Expectation::text)
                            .sorted()
                            .collect(Collectors.joining(" || ", "  ", ""))));
        }
        return lines;
    }

    private static String text(Item item) {
        return Stream.concat(Stream.of(item.what()), item.details().stream().sorted())
                .collect(Collectors.joining(", "));
    }

    /** Splits an item at its commas. */
    static Item item(String text) {
        List<String> parts = Stream.of(text.split(", ")).toList();
        return new Item(parts.get(0), parts.subList(1, parts.size()));
    }

    /** Takes the lines one by one. */
    private static final class Parser {
        private String agentKey = "auto";
        private final List<Transport> transports = new ArrayList<>();
        private final List<Agent> agents = new ArrayList<>();

        /** False when the line does not keep to the grammar. */
        boolean take(String line) {
            if (line.startsWith("  ")) {
                return indented(line.substring(2));
            }
            Matcher transport = TRANSPORT.matcher(line);
            if (transport.matches() && agents.isEmpty() && isNext(transport, transports)) {
                transports.add(new Transport(
                        transport.group(2),
                        transport.group(3),
                        transport.group(4),
                        transport.group(5),
                        transport.group(6),
                        new ArrayList<>()));
                return true;
            }
            Matcher agent = AGENT.matcher(line);
            if (agent.matches() && isNext(agent, agents)) {
                List<Integer> used = Stream.of(agent.group(3).split(" "))
                        .map(Integer::valueOf)
                        .toList();
                agents.add(new Agent(agent.group(2), used, new ArrayList<>()));
                return used.stream().allMatch(number -> number >= 1 && number <= transports.size());
            }
            if (line.startsWith("agent-key ") && transports.isEmpty()) {
                agentKey = line.substring("agent-key ".length());
                return true;
            }
            return false;
        }

        private static boolean isNext(Matcher line, List<?> before) {
            return Integer.parseInt(line.group(1)) == before.size() + 1;
        }

        private boolean indented(String text) {
            if (!agents.isEmpty()) {
                List<String> items = List.of(text.split(" \\|\\| ", -1));
                agents.get(agents.size() - 1)
                        .lines()
                        .add(items.stream().map(Expectation::item).toList());
                return items.stream().allMatch(item -> ITEM.matcher(item).matches());
            }
            if (transports.isEmpty() || !NEGOTIATION.matcher(text).matches()) {
                return false;
            }
            transports.get(transports.size() - 1).negotiation().add(item(text));
            return true;
        }
    }
}
