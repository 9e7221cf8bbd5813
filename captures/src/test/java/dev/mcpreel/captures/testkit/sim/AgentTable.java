package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.session.AgentKey;
import dev.mcpreel.captures.session.KeyKind;
import dev.mcpreel.captures.session.SessionOptions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How well each agent key finds the agents of each habit: the tables of docs/SESSIONS.md. */
public final class AgentTable {
    /** The keys of its columns. */
    public static final List<String> KEYS =
            List.of("auto", "path", "header:X-Agent-Id", "meta:conversationId", "trace", "token", "client", "address");

    /** Keys that say what to go by whether or not agents differ in it, so that every habit counts for them. */
    private static final List<String> SHARED = List.of("token", "client", "address");

    private static final int AGENTS = 12;

    /** Of clients for which a kind held fewer calls together it says nothing how often it was right. */
    private static final int LEAST_CALLS = 20;

    private final int worlds;
    private final Map<String, Map<String, Pairs>> rows = new LinkedHashMap<>();
    private final Map<KeyKind, Mean> kinds = new EnumMap<>(KeyKind.class);

    /** What the habits of a kind have, each weighing the same. */
    private static final class Mean {
        private double sum;
        private int count;

        private void add(double value) {
            sum += value;
            count++;
        }
    }

    private AgentTable(int worlds) {
        this.worlds = worlds;
    }

    /** Measures it on so many worlds for each habit. */
    public static AgentTable of(int worlds) {
        AgentTable table = new AgentTable(worlds);
        for (Habit habit : Habits.all()) {
            table.add(habit.name(), List.of(habit));
        }
        table.add("all of these at once", Habits.all());
        return table;
    }

    private void add(String name, List<Habit> habits) {
        Map<String, String> truth = new HashMap<>();
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        Map<String, Map<KeyKind, Map<String, String>>> byKind = new HashMap<>();
        for (int seed = 1; seed <= worlds; seed++) {
            World world = new World(seed, false);
            habits.forEach(habit -> world.with(habit, AGENTS));
            List<CaptureEvent> events = world.run().events();
            String prefix = seed + "/";
            world.truth().calls().forEach(call -> truth.put(prefix + call.legs().get(0), prefix + call.agent()));
            for (String key : KEYS) {
                Found model = Found.in(events, SessionOptions.defaults().withAgentKey(AgentKey.parse(key)));
                Map<String, KeyKind> kindOf = new HashMap<>();
                model.sessions()
                        .forEach(session ->
                                kindOf.put(session.id(), session.key().kind()));
                for (TrueCall call : model.calls()) {
                    String thing = prefix + call.legs().get(0);
                    String group = prefix + call.agent();
                    found.computeIfAbsent(key, any -> new HashMap<>()).put(thing, group);
                    byKind.computeIfAbsent(key, any -> new EnumMap<>(KeyKind.class))
                            .computeIfAbsent(kindOf.get(call.agent()), any -> new HashMap<>())
                            .put(thing, group);
                }
            }
        }
        Map<String, Pairs> row = new LinkedHashMap<>();
        found.forEach((key, groups) -> row.put(key, Pairs.of(truth, groups)));
        rows.put(name, row);
        if (habits.size() == 1) {
            byKind.forEach((key, groups) -> kinds(key, groups, truth));
        }
    }

    private void kinds(String key, Map<KeyKind, Map<String, String>> groups, Map<String, String> truth) {
        groups.forEach((kind, found) -> {
            boolean chosen = SHARED.contains(key) && kind.label().equals(key);
            if (found.size() >= LEAST_CALLS && (key.equals("auto") || chosen)) {
                Map<String, String> part = new HashMap<>(truth);
                part.keySet().retainAll(found.keySet());
                kinds.computeIfAbsent(kind, any -> new Mean())
                        .add(Pairs.of(part, found).precision());
            }
        });
    }

    /** By habit and key. */
    public Map<String, Map<String, Pairs>> rows() {
        return rows;
    }

    /** The mean precision of what a kind of key put together, each habit weighing the same. */
    public Map<KeyKind, Double> precision() {
        Map<KeyKind, Double> precision = new EnumMap<>(KeyKind.class);
        kinds.forEach((kind, mean) -> precision.put(kind, mean.sum / mean.count));
        return precision;
    }

    /** As it stands in the document. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| clients |");
        KEYS.forEach(key -> text.append(" `").append(key).append("` |"));
        text.append("\n|---|").append("---|".repeat(KEYS.size())).append('\n');
        rows.forEach((name, row) -> {
            text.append("| ").append(name).append(" |");
            row.values().forEach(pairs -> text.append(' ').append(pairs).append(" |"));
            text.append('\n');
        });
        text.append("\n| kind | clients it was needed for | precision | `confidence` |\n|---|---:|---:|---:|\n");
        kinds.forEach((kind, mean) -> text.append(String.format(
                Locale.ROOT,
                "| `%s` | %d | %.2f | %.2f |\n",
                kind.label(),
                mean.count,
                mean.sum / mean.count,
                kind.confidence())));
        return text.toString();
    }
}
