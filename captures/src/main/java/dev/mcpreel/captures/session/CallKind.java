package dev.mcpreel.captures.session;

import java.util.Locale;

/** What a call took to be answered. */
public enum CallKind {
    /** One request and its answer. */
    PLAIN,
    /** The server asked for more before it answered (revision 2026-07-28, basic/patterns/mrtr). */
    INPUT_REQUIRED,
    /** The server answered with a task, and its result was fetched later (revision 2025-11-25 and the tasks extension). */
    TASK;

    /** As it stands in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
