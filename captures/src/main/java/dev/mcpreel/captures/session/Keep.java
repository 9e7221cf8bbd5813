package dev.mcpreel.captures.session;

import java.util.Set;
import java.util.function.Predicate;

/** Of which agent sessions the model keeps every exchange, request and message until the session is over. */
public final class Keep {
    private static final Keep NOTHING = new Keep(false, id -> false);
    private static final Keep EVERYTHING = new Keep(true, id -> true);

    private final boolean anything;
    private final Predicate<String> sessions;

    private Keep(boolean anything, Predicate<String> sessions) {
        this.anything = anything;
        this.sessions = sessions;
    }

    /** Sessions have their shape and no more. */
    public static Keep nothing() {
        return NOTHING;
    }

    /** All of it, as planning a replay needs. */
    public static Keep everything() {
        return EVERYTHING;
    }

    /** Only sessions with these ids, which the same capture and options always give alike. */
    public static Keep sessions(Set<String> ids) {
        Set<String> wanted = Set.copyOf(ids);
        return new Keep(!wanted.isEmpty(), wanted::contains);
    }

    boolean anything() {
        return anything;
    }

    boolean keeps(String sessionId) {
        return sessions.test(sessionId);
    }
}
