package dev.mcpreel.replay.bind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Finds the values of one session's requests that earlier answers issued. A value is issued by an answer that holds it
 * to a request that does not; a value some request had before any answer issued it is the agent's own. Not thread-safe.
 */
public final class BindingFinder {
    private static final Set<String> HANDSHAKE = Set.of("initialize", "server/discover");
    private static final Set<String> LISTS =
            Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list");
    private static final Set<String> NAMING =
            Set.of("initialize", "server/discover", "tools/list", "prompts/list", "resources/templates/list");
    private static final JsonPointer NEXT_CURSOR = JsonPointer.compile("/nextCursor");
    /** Members of params, and the member of an earlier result of the same method each is taken from. */
    private static final Map<JsonPointer, JsonPointer> PROTOCOL = Map.of(
            JsonPointer.compile("/params/cursor"),
            NEXT_CURSOR,
            JsonPointer.compile("/params/requestState"),
            JsonPointer.compile("/requestState"));

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+(?:[-_][\\p{L}\\p{N}]+)*");

    /** A value that came from one of these, the best first. */
    private record Found(String value, int from, int to, List<Issued> by) {}

    private final List<Turn> turns;
    private final List<List<Asked>> asked;
    private final IssuedIndex index;
    private final Map<String, List<Integer>> requestsByRun = new HashMap<>();
    private final Map<String, SortedSet<Integer>> usersOf = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** @param turns in order of start */
    public BindingFinder(List<Turn> turns) {
        this.turns = List.copyOf(turns);
        asked = this.turns.stream().map(AskedReader::read).toList();
        for (int turn = 0; turn < asked.size(); turn++) {
            int position = turn;
            for (Asked value : asked.get(turn)) {
                Words.runs(value.text(), (from, to) -> remember(value.text().substring(from, to), position));
            }
        }
        index = new IssuedIndex(requestsByRun.keySet());
        for (int turn = 0; turn < this.turns.size(); turn++) {
            readAnswer(turn, this.turns.get(turn));
        }
    }

    /**
     * The bindings of one turn, by place in the message.
     *
     * @param position of the turn in the list
     * @param played whether the step of this number is played; one that is issues a value rather than one that is not
     */
    public List<Binding> find(int position, IntPredicate played) {
        List<Binding> bindings = new ArrayList<>();
        for (Asked value : asked.get(position)) {
            Optional<Binding> ofProtocol = ofProtocol(position, value);
            if (ofProtocol.isPresent()) {
                bindings.add(ofProtocol.get());
            } else if (!names.contains(value.text())) {
                Optional<Binding> whole = whole(position, value, played);
                if (whole.isPresent()) {
                    bindings.add(whole.get());
                } else if (!value.number()) {
                    bindings.addAll(parts(position, value, played));
                }
            }
        }
        return bindings;
    }

    private void remember(String run, int turn) {
        List<Integer> by = requestsByRun.computeIfAbsent(run, key -> new ArrayList<>());
        if (by.isEmpty() || by.get(by.size() - 1) != turn) {
            by.add(turn);
        }
    }

    private void readAnswer(int position, Turn turn) {
        JsonNode result = turn.result();
        if (result == null) {
            return;
        }
        if (NAMING.contains(turn.method())) {
            Leaves.walk(result, JsonPointer.empty(), "", (at, key, listed, value) -> {
                if (!at.equals(NEXT_CURSOR)) {
                    names.add(value.asString());
                }
            });
        }
        if (!HANDSHAKE.contains(turn.method()) && !LISTS.contains(turn.method())) {
            index.add(position, result);
        }
    }

    /**
     * A cursor comes from the page before, and request state from the answer before, whatever they look like (revision
     * 2025-03-26, pagination; 2026-07-28, multi round-trip requests).
     */
    private Optional<Binding> ofProtocol(int position, Asked value) {
        Turn turn = turns.get(position);
        JsonPointer issued = PROTOCOL.get(value.at());
        if (issued == null) {
            return Optional.empty();
        }
        for (int before = position - 1; before >= 0; before--) {
            Turn earlier = turns.get(before);
            JsonNode result = earlier.result();
            if (result != null
                    && earlier.method().equals(turn.method())
                    && earlier.doneNanos() <= turn.startNanos()
                    && value.text().equals(result.at(issued).asString(null))) {
                Source source = new Source.Pointer(issued);
                return Optional.of(new Binding(value.at(), 0, Binding.WHOLE, earlier.step(), source, value.text()));
            }
        }
        return Optional.empty();
    }

    private Optional<Binding> whole(int position, Asked value, IntPredicate played) {
        ValueShape shape = value.number() && !isId(value.text()) ? ValueShape.NONE : ValueShape.of(value.text());
        boolean weak = shape == ValueShape.WEAK;
        if (shape == ValueShape.NONE || (weak && !Words.isIdKey(value.key()))) {
            return Optional.empty();
        }
        List<Issued> by = issuers(position, value, value.text(), played).stream()
                .filter(issued -> !weak || (issued.text().equals(value.text()) && Words.isIdKey(issued.key())))
                .toList();
        return binding(value, new Found(value.text(), 0, Binding.WHOLE, by));
    }

    /** Values that stand inside a longer string; where they overlap the longer one counts. */
    private List<Binding> parts(int position, Asked value, IntPredicate played) {
        String text = value.text();
        Map<String, List<Issued>> candidates = new HashMap<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            candidate(candidates, position, value, token.group(), played);
        }
        Words.runs(text, (from, to) -> {
            for (Issued issued : index.withLongestRun(text.substring(from, to))) {
                if (issued.text().length() < text.length() && Words.contains(text, issued.text())) {
                    candidate(candidates, position, value, issued.text(), played);
                }
            }
        });
        List<String> longestFirst = new ArrayList<>(candidates.keySet());
        longestFirst.sort(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        List<Binding> bindings = new ArrayList<>();
        boolean[] taken = new boolean[text.length()];
        for (String part : longestFirst) {
            List<Issued> by = candidates.getOrDefault(part, List.of());
            for (int at = Words.find(text, part, 0); at >= 0; at = Words.find(text, part, at + part.length())) {
                if (!isTaken(taken, at, at + part.length())) {
                    binding(value, new Found(part, at, at + part.length(), by)).ifPresent(bindings::add);
                    Arrays.fill(taken, at, at + part.length(), true);
                }
            }
        }
        bindings.sort(Comparator.comparingInt(Binding::from));
        return bindings;
    }

    private void candidate(
            Map<String, List<Issued>> candidates, int position, Asked value, String part, IntPredicate played) {
        if (part.length() < value.text().length()
                && !candidates.containsKey(part)
                && !names.contains(part)
                && ValueShape.of(part) == ValueShape.STRONG) {
            List<Issued> by = issuers(position, value, part, played);
            if (!by.isEmpty()) {
                candidates.put(part, by);
            }
        }
    }

    /** The answers the agent had that issued the value, the best first; empty when it is the agent's own. */
    private List<Issued> issuers(int position, Asked asking, String value, IntPredicate played) {
        long start = turns.get(position).startNanos();
        List<Issued> holding = index.holding(value);
        if (holding.isEmpty()) {
            return List.of();
        }
        SortedSet<Integer> users = users(value);
        List<Issued> issued = holding.stream()
                .filter(one -> turns.get(one.turn()).doneNanos() <= start && !users.contains(one.turn()))
                .toList();
        long first = issued.stream()
                .mapToLong(one -> turns.get(one.turn()).doneNanos())
                .min()
                .orElse(Long.MAX_VALUE);
        if (users.isEmpty() || turns.get(users.first()).startNanos() < first) {
            return List.of();
        }
        return issued.stream().sorted(bestFirst(asking.key(), value, played)).toList();
    }

    /** The turns whose requests hold the value. */
    private SortedSet<Integer> users(String value) {
        return usersOf.computeIfAbsent(
                value,
                key -> Words.rarest(value, requestsByRun).stream()
                        .filter(turn -> asked.get(turn).stream().anyMatch(other -> Words.contains(other.text(), value)))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Rather a step that is played; rather a value of its own than one of a list, where another may stand next time, and
     * that than a part of a text; then the latest answer, then its structured content, then a member of the same name.
     */
    private Comparator<Issued> bestFirst(String key, String value, IntPredicate played) {
        String plain = Words.plain(key);
        return Comparator.<Issued, Boolean>comparing(
                        one -> !played.test(turns.get(one.turn()).step()))
                .thenComparing(one -> one.text().equals(value) ? (one.listed() ? 1 : 0) : 2)
                .thenComparing(one -> turns.get(one.turn()).doneNanos(), Comparator.reverseOrder())
                .thenComparing(one -> one.turn(), Comparator.reverseOrder())
                .thenComparing(one -> one.order() >> 20)
                .thenComparing(one -> !Words.plain(one.key()).equals(plain))
                .thenComparing(one -> !Words.isIdKey(one.key()))
                .thenComparing(Issued::order);
    }

    private Optional<Binding> binding(Asked asking, Found found) {
        for (Issued issued : found.by()) {
            Source source = source(issued, found.value());
            if (source != null) {
                int producer = turns.get(issued.turn()).step();
                return Optional.of(new Binding(asking.at(), found.from(), found.to(), producer, source, found.value()));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Source source(Issued issued, String value) {
        if (issued.text().equals(value)) {
            return issued.place();
        }
        int at = Words.find(issued.text(), value, 0);
        return Patterns.learn(issued.text(), at, at + value.length())
                .map(pattern -> new Source.TextPattern(issued.place(), pattern))
                .orElse(null);
    }

    private static boolean isId(String number) {
        return number.chars().allMatch(c -> c >= '0' && c <= '9') && ValueShape.of(number) == ValueShape.STRONG;
    }

    private static boolean isTaken(boolean[] taken, int from, int to) {
        for (int at = from; at < to; at++) {
            if (taken[at]) {
                return true;
            }
        }
        return false;
    }
}
