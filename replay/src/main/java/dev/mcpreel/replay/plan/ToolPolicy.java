package dev.mcpreel.replay.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tools may be played: {@code --tools safe|all|LIST}. A list may hold the word {@code safe}; a method the protocol
 * does not define can be named like a tool.
 *
 * @param all whether everything is played
 * @param safe whether tools declared read-only are played
 * @param names played whatever is declared of them
 */
public record ToolPolicy(boolean all, boolean safe, SortedSet<String> names) {
    public static final ToolPolicy SAFE = new ToolPolicy(false, true, new TreeSet<>());
    public static final ToolPolicy ALL = new ToolPolicy(true, false, new TreeSet<>());

    public ToolPolicy {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /**
     * Reads the option.
     *
     * @throws PlanException when it names nothing
     */
    public static ToolPolicy parse(String option) {
        TreeSet<String> names = new TreeSet<>();
        Arrays.stream(option.split(",", -1)).map(String::strip).forEach(names::add);
        if (names.remove("")) {
            throw new PlanException(
                    "--tools wants 'safe', 'all' or tool names with commas between, got '" + option + "'");
        }
        if (names.contains("all")) {
            return ALL;
        }
        boolean safe = names.remove("safe");
        return new ToolPolicy(false, safe, names);
    }

    /** Why a call of the tool is left out, null when it is played. */
    public @Nullable SkipReason refuses(String tool, ToolHint hint) {
        if (all || names.contains(tool)) {
            return null;
        }
        if (!safe) {
            return SkipReason.NOT_NAMED;
        }
        return switch (hint) {
            case READ_ONLY -> null;
            case UNKNOWN -> SkipReason.NOT_READ_ONLY;
            case DESTRUCTIVE -> SkipReason.DESTRUCTIVE;
        };
    }

    /** This policy, with more names allowed. */
    public ToolPolicy with(Iterable<String> more) {
        TreeSet<String> wider = new TreeSet<>(names);
        more.forEach(wider::add);
        return new ToolPolicy(all, safe, wider);
    }

    /** The option's value, for example {@code safe,create_ticket}. */
    @Override
    public String toString() {
        if (all) {
            return "all";
        }
        String listed = String.join(",", names);
        if (!safe) {
            return listed;
        }
        return listed.isEmpty() ? "safe" : "safe," + listed;
    }
}
