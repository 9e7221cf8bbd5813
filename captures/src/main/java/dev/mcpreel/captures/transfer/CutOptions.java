package dev.mcpreel.captures.transfer;

import dev.mcpreel.captures.exchange.Outcome;
import dev.mcpreel.captures.session.AgentText;
import dev.mcpreel.captures.tap.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cut keeps. Everything asked for must hold; of several values of one kind one is enough. What chooses by tool, outcome and
 * time must hold for one call of the session together; time alone for any request.
 *
 * @param sessions ids of agent sessions; empty for all
 * @param dropSessions ids of agent sessions that are left out
 * @param tools sessions that call one of these, whole; empty for all
 * @param dropTools calls that are left out of the sessions kept
 * @param agents sessions of agents that one of these knows; empty for all
 * @param outcomes sessions with a call that ended so; empty for all
 * @param from exchanges that ended before it are left out; null for none
 * @param to exchanges that began after it are left out; null for none
 * @param first how many sessions at most, those that began first; 0 for all
 * @param other whether what is of no session is kept, too
 */
public record CutOptions(
        Set<String> sessions,
        Set<String> dropSessions,
        List<Glob> tools,
        List<Glob> dropTools,
        List<AgentText> agents,
        Set<Outcome> outcomes,
        @Nullable CutTime from,
        @Nullable CutTime to,
        int first,
        boolean other) {
    /** Everything that is of a session. */
    public static final CutOptions ALL =
            new CutOptions(Set.of(), Set.of(), List.of(), List.of(), List.of(), Set.of(), null, null, 0, false);

    public CutOptions {
        sessions = Set.copyOf(sessions);
        dropSessions = Set.copyOf(dropSessions);
        tools = List.copyOf(tools);
        dropTools = List.copyOf(dropTools);
        agents = List.copyOf(agents);
        outcomes = Set.copyOf(outcomes);
    }

    boolean hasRange() {
        return from != null || to != null;
    }

    /** Each option as it may be typed. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        list(words, "--session", sessions);
        list(words, "--drop-session", dropSessions);
        tools.forEach(tool -> words.add("--tool " + tool.pattern()));
        dropTools.forEach(tool -> words.add("--drop-tool " + tool.pattern()));
        agents.forEach(agent -> words.add("--agent " + agent.text()));
        list(words, "--outcome", outcomes.stream().map(Outcome::label).collect(Collectors.toSet()));
        if (from != null) {
            words.add("--from " + from.text());
        }
        if (to != null) {
            words.add("--to " + to.text());
        }
        if (first > 0) {
            words.add(String.format(Locale.ROOT, "--sessions %d", first));
        }
        if (other) {
            words.add("--with-other");
        }
        return words;
    }

    private static void list(List<String> words, String option, Set<String> values) {
        if (!values.isEmpty()) {
            words.add(option + " " + values.stream().sorted().collect(Collectors.joining(",")));
        }
    }
}
