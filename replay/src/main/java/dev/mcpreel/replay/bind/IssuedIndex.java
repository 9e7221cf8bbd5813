package dev.mcpreel.replay.bind;

import dev.mcpreel.captures.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * What the answers of a session hold, by the runs of letters and digits in it. Only runs that some request has are kept,
 * so the index is about as large as the requests, however large the answers are.
 */
final class IssuedIndex {
    private static final JsonPointer ROOT = JsonPointer.empty();
    private static final int MAX_TEXT = 1 << 20;
    private static final int STRUCTURED = 0;
    private static final int PLAIN = 1 << 20;
    private static final int TEXT = 1 << 21;

    private final Set<String> wanted;
    private final Map<String, List<Issued>> byRun = new HashMap<>();
    private final Map<String, List<Issued>> byLongestRun = new HashMap<>();

    IssuedIndex(Set<String> wanted) {
        this.wanted = wanted;
    }

    /** Adds all that an answer holds. */
    void add(int turn, JsonNode result) {
        int[] order = {0};
        Leaves.walk(result, ROOT, "", (at, key, listed, value) -> {
            Source.Leaf place = new Source.Pointer(at);
            boolean structured = "structuredContent".equals(first(at));
            int rank = (structured ? STRUCTURED : PLAIN) + order[0]++;
            String text = value.asString();
            Optional<JsonNode> document = value.isString() ? document(text) : Optional.empty();
            if (document.isPresent()) {
                addDocument(turn, at, document.get(), order);
            } else {
                add(new Issued(turn, place, key, listed, rank, text));
            }
        });
    }

    /** Values and texts that hold the value. */
    List<Issued> holding(String value) {
        return Words.rarest(value, byRun).stream()
                .filter(issued -> Words.contains(issued.text(), value))
                .toList();
    }

    /** Whole values whose longest run is this one. */
    List<Issued> withLongestRun(String run) {
        return byLongestRun.getOrDefault(run, List.of());
    }

    private void addDocument(int turn, JsonPointer text, JsonNode document, int[] order) {
        Leaves.walk(document, ROOT, "", (at, key, listed, value) -> {
            Source.Leaf place = new Source.TextPointer(text, at);
            add(new Issued(turn, place, key, listed, TEXT + order[0]++, value.asString()));
        });
    }

    private void add(Issued issued) {
        String text = issued.text();
        if (text.length() > MAX_TEXT) {
            return;
        }
        Set<String> seen = new HashSet<>();
        Words.runs(text, (from, to) -> {
            String run = text.substring(from, to);
            if (wanted.contains(run) && seen.add(run)) {
                byRun.computeIfAbsent(run, key -> new ArrayList<>()).add(issued);
            }
        });
        String longest = Words.longestRun(text);
        if (seen.contains(longest)) {
            byLongestRun.computeIfAbsent(longest, key -> new ArrayList<>()).add(issued);
        }
    }

    private static Optional<JsonNode> document(String text) {
        String inner = text.strip();
        boolean likely = inner.startsWith("{") || inner.startsWith("[");
        return likely ? Json.parse(inner).filter(JsonNode::isContainer) : Optional.empty();
    }

    private static String first(JsonPointer at) {
        return at.matches() ? "" : at.getMatchingProperty();
    }
}
