package dev.mcpreel.captures.session;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the traces of one transport session stand for. A client makes a trace for each request, for each turn of an agent, or for
 * each conversation. Only the last are gone on with after another one was met, and only they tell agents apart.
 */
final class TraceHabit {
    private static final int REMEMBERED = 256;

    /** So many requests must have gone on with an earlier trace, and half as many as there were new traces. */
    private static final int ENOUGH = 4;

    private final Set<String> known = new LinkedHashSet<>(0);
    private @Nullable String latest;
    private long begun;
    private long resumed;

    /** A request of this trace came, or one of none. */
    void met(@Nullable String trace) {
        if (trace == null || trace.equals(latest)) {
            return;
        }
        latest = trace;
        if (known.add(trace)) {
            begun++;
        } else {
            resumed++;
        }
        if (known.size() > REMEMBERED) {
            Iterator<String> oldest = known.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether each stands for an agent. */
    boolean isOfAgents() {
        return resumed >= ENOUGH && 2 * resumed >= begun;
    }
}
