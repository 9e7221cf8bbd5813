package dev.mcpreel.captures.redact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a JSON text a reader of its tokens is: the names and numbers of RFC 6901, from the root. */
final class JsonPath {
    private static final int OBJECT = -1;

    private final List<String> segments = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private String name = "";

    void named(String member) {
        name = member;
    }

    /** A value begins: what is asked next is asked about it. */
    void value() {
        int last = counts.size() - 1;
        while (segments.size() > Math.max(last, 0)) {
            segments.remove(segments.size() - 1);
        }
        if (last >= 0) {
            int count = counts.get(last);
            segments.add(count == OBJECT ? name : Integer.toString(count));
            counts.set(last, count == OBJECT ? OBJECT : count + 1);
        }
    }

    void open(boolean array) {
        counts.add(array ? 0 : OBJECT);
    }

    void close() {
        counts.remove(counts.size() - 1);
        while (segments.size() > counts.size()) {
            segments.remove(segments.size() - 1);
        }
    }

    /** The rule that names this value in a message, or in a message of a batch; null when none does. */
    @Nullable
    PointerRule rule(List<PointerRule> rules) {
        boolean batch = !counts.isEmpty() && counts.get(0) != OBJECT;
        if (batch && segments.isEmpty()) {
            return null;
        }
        List<String> path = batch ? segments.subList(1, segments.size()) : segments;
        for (PointerRule rule : rules) {
            if (rule.matches(path)) {
                return rule;
            }
        }
        return null;
    }

    /** As a JSON pointer; empty for the root. */
    String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (String segment : segments) {
            pointer.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
