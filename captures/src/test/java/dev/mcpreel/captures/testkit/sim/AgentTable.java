package dev.mcpreel.captures.testkit.sim;

import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.session.AgentKey;
import dev.mcpreel.captures.session.SessionOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well each agent key finds the agents of each habit: the table of docs/SESSIONS.md. */
public final class AgentTable {
    /** The keys of its columns. */
    public static final List<String> KEYS =
            List.of("auto", "path", "header:X-Agent-Id", "meta:conversationId", "trace", "token", "client", "address");

    private static final int AGENTS = 12;

    private final Map<String, Map<String, Pairs>> rows = new LinkedHashMap<>();

    private AgentTable() {}

    /** Measures it on so many worlds for each habit. */
    public static AgentTable of(int worlds) {
        AgentTable table = new AgentTable();
        for (Habit habit : Habits.all()) {
            table.add(habit.name(), worlds, List.of(habit));
        }
        table.add("all of these at once", worlds, Habits.all());
        return table;
    }

    private void add(String name, int worlds, List<Habit> habits) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        Map<String, String> truth = new HashMap<>();
        for (int seed = 1; seed <= worlds; seed++) {
            World world = new World(seed, false);
            habits.forEach(habit -> world.with(habit, AGENTS));
            List<CaptureEvent> events = world.run().events();
            String prefix = seed + "/";
            world.truth().calls().forEach(call -> truth.put(prefix + call.legs().get(0), prefix + call.agent()));
            for (String key : KEYS) {
                found.computeIfAbsent(key, any -> new HashMap<>()).putAll(groups(events, key, prefix));
            }
        }
        Map<String, Pairs> row = new LinkedHashMap<>();
        found.forEach((key, groups) -> row.put(key, Pairs.of(truth, groups)));
        rows.put(name, row);
    }

    private static Map<String, String> groups(List<CaptureEvent> events, String key, String prefix) {
        Map<String, String> groups = new HashMap<>();
        SessionOptions options = SessionOptions.defaults().withAgentKey(AgentKey.parse(key));
        Found.in(events, options)
                .calls()
                .forEach(call -> groups.put(prefix + call.legs().get(0), prefix + call.agent()));
        return groups;
    }

    /** By habit and key. */
    public Map<String, Map<String, Pairs>> rows() {
        return rows;
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
        return text.toString();
    }
}
