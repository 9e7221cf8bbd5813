package dev.mcpreel.captures.redact;

import java.util.ArrayList;
import java.util.List;

/** A place in a JSON-RPC message, RFC 6901; a segment {@code *} stands for any member or element. */
record PointerRule(String text, List<String> segments) {
    PointerRule {
        segments = List.copyOf(segments);
    }

    static PointerRule of(String pointer) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (from <= pointer.length()) {
            int slash = pointer.indexOf('/', from);
            int to = slash < 0 ? pointer.length() : slash;
            segments.add(unescaped(pointer, pointer.substring(from, to)));
            from = to + 1;
        }
        return new PointerRule(pointer, segments);
    }

    boolean matches(List<String> path) {
        if (path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (!segment.equals("*") && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String unescaped(String pointer, String segment) {
        for (int i = segment.indexOf('~'); i >= 0; i = segment.indexOf('~', i + 1)) {
            if (i + 1 == segment.length() || (segment.charAt(i + 1) != '0' && segment.charAt(i + 1) != '1')) {
                throw new IllegalArgumentException(
                        pointer + ": in a JSON pointer ~ is written ~0, and / inside of a name ~1");
            }
        }
        return segment.replace("~1", "/").replace("~0", "~");
    }
}
