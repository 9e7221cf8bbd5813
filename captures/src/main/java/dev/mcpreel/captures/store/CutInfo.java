package dev.mcpreel.captures.store;

import java.util.List;

/**
 * Of a capture that was cut out of another one: what was kept. Part of its manifest; what was not kept is filtered there, by
 * {@link #REASON}.
 *
 * @param from the name of the folder it was cut out of
 * @param by what chose it, one option each as it was typed; those of an earlier cut first
 * @param sessions agent sessions of which something was kept
 * @param exchanges exchanges kept
 */
public record CutInfo(String from, List<String> by, long sessions, long exchanges) {
    /** What exchanges that were cut count as filtered by. */
    public static final String REASON = "cut";

    public CutInfo {
        by = List.copyOf(by);
    }

    /** One clause without a full stop. */
    public String inWords() {
        return "cut out of " + from + ": " + sessions + (sessions == 1 ? " session, " : " sessions, ") + exchanges
                + (exchanges == 1 ? " exchange" : " exchanges")
                + (by.isEmpty() ? "" : " (" + String.join(" ", by) + ")");
    }
}
