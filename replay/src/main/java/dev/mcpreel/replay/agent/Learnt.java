package dev.mcpreel.replay.agent;

import dev.mcpreel.replay.bind.Results;
import dev.mcpreel.replay.plan.Step;
import dev.mcpreel.replay.plan.ToolHints;
import dev.mcpreel.replay.plan.ToolPolicy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an agent has from the live server's answers and needs later. Keeps no more than that. Not thread-safe. */
final class Learnt implements Results {
    private final ToolPolicy policy;
    private final Map<Integer, JsonNode> results = new HashMap<>();
    private ToolHints hints = ToolHints.NONE;

    Learnt(ToolPolicy policy) {
        this.policy = policy;
    }

    /** A step got this result. */
    void keep(Step step, JsonNode result) {
        if (step.issues()) {
            results.put(step.index(), result);
        }
        if (step.method().equals("tools/list")) {
            hints = hints.and(ToolHints.read(result));
        }
    }

    @Override
    public @Nullable JsonNode of(int step) {
        return results.get(step);
    }

    /**
     * Whether the live tool list forbids what the recorded one allowed: the stricter decides. A tool the live server does
     * not list is the server's to refuse.
     */
    boolean refuses(@Nullable String tool) {
        return tool != null && hints.byTool().containsKey(tool) && policy.refuses(tool, hints.of(tool)) != null;
    }
}
