package dev.mcpreel.captures.store;

import dev.mcpreel.captures.tap.TrafficFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter, and beside it what it is to do, said in another way. */
record FuzzRules(List<String> only, List<String> except, Oracle oracle) {
    /** The reason to leave a message on a path out; null to keep it. */
    interface Oracle {
        @Nullable
        String reason(String path, @Nullable String method, @Nullable String tool);
    }

    private static final List<FuzzRules> ALL = List.of(
            new FuzzRules(List.of(), List.of(), (path, method, tool) -> null),
            new FuzzRules(
                    List.of(),
                    List.of("tool:echo"),
                    (path, method, tool) -> "echo".equals(tool) ? "except tool:echo" : null),
            new FuzzRules(
                    List.of("tool:search"),
                    List.of(),
                    (path, method, tool) -> tool == null || tool.equals("search") ? null : "only tool:search"),
            new FuzzRules(List.of("path:/mcp*", "path:/messages"), List.of("method:ping"), (path, method, tool) -> {
                if (path.equals("/health")) {
                    return "only path";
                }
                return "ping".equals(method) ? "except method:ping" : null;
            }),
            new FuzzRules(List.of("method:tools/*", "method:initialize"), List.of("tool:f*"), (path, method, tool) -> {
                if (method == null || method.equals("initialize")) {
                    return null;
                }
                return !method.startsWith("tools/") ? "only method" : "fetch".equals(tool) ? "except tool:f*" : null;
            }));

    static FuzzRules of(int number) {
        return ALL.get(Math.floorMod(number, ALL.size()));
    }

    TrafficFilter filter() {
        return TrafficFilter.of(only, except);
    }

    /** Whether a call is judged no sooner than its name is known. */
    boolean namesMatter() {
        return only.stream().anyMatch(rule -> rule.startsWith("tool:"))
                || except.stream().anyMatch(rule -> rule.startsWith("tool:"));
    }

    boolean bodiesMatter() {
        return !(only.isEmpty() && except.isEmpty());
    }
}
