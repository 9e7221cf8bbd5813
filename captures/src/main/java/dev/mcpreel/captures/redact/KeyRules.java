package dev.mcpreel.captures.redact;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks names up in a policy, and remembers what it found, because the same few come all the time. Not thread-safe. */
final class KeyRules {
    private static final int REMEMBERED = 4096;
    private static final String NONE = "";

    private final RedactionPolicy policy;
    private final Map<String, String> remembered = new HashMap<>();

    KeyRules(RedactionPolicy policy) {
        this.policy = policy;
    }

    /** What makes a value of this name a secret; null when nothing does. */
    @Nullable
    String rule(byte[] bytes, int from, int to) {
        return to <= from ? null : rule(Names.normalised(bytes, from, to));
    }

    @Nullable
    String rule(String normalised) {
        String found = remembered.get(normalised);
        if (found == null) {
            String rule = policy.rule(normalised);
            found = rule == null ? NONE : rule;
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(normalised, found);
        }
        return found.isEmpty() ? null : found;
    }

    @Nullable
    String queryRule(byte[] bytes, int from, int to) {
        return to <= from ? null : policy.queryRule(Names.normalised(bytes, from, to));
    }
}
