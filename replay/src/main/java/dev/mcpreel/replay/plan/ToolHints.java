package dev.mcpreel.replay.plan;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The annotations of a server's tools (revision 2025-03-26, tools).
 *
 * @param byTool only the tools listed
 */
public record ToolHints(Map<String, ToolHint> byTool) {
    public static final ToolHints NONE = new ToolHints(Map.of());

    public ToolHints {
        byTool = Map.copyOf(byTool);
    }

    /** Reads the result of a tools/list. What is no tool is left out. */
    public static ToolHints read(JsonNode result) {
        Map<String, ToolHint> found = new HashMap<>();
        for (JsonNode tool : result.path("tools")) {
            JsonNode name = tool.path("name");
            if (name.isString()) {
                found.merge(name.stringValue(), hint(tool.path("annotations")), ToolHint::stricter);
            }
        }
        return new ToolHints(found);
    }

    /** What is known of a tool; {@link ToolHint#UNKNOWN} when it is not listed. */
    public ToolHint of(String tool) {
        return byTool.getOrDefault(tool, ToolHint.UNKNOWN);
    }

    /** Both lists together; for a tool in both the stricter hint. */
    public ToolHints and(ToolHints other) {
        Map<String, ToolHint> all = new HashMap<>(byTool);
        other.byTool.forEach((tool, hint) -> all.merge(tool, hint, ToolHint::stricter));
        return new ToolHints(all);
    }

    /** These hints, and the other list's for tools that are not listed here. */
    public ToolHints orElse(ToolHints other) {
        Map<String, ToolHint> all = new HashMap<>(other.byTool);
        all.putAll(byTool);
        return new ToolHints(all);
    }

    private static ToolHint hint(JsonNode annotations) {
        if (annotations.path("destructiveHint").asBoolean(false)) {
            return ToolHint.DESTRUCTIVE;
        }
        return annotations.path("readOnlyHint").asBoolean(false) ? ToolHint.READ_ONLY : ToolHint.UNKNOWN;
    }
}
