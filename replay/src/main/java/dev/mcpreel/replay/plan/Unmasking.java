package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.redact.Masks;
import dev.mcpreel.captures.wire.Json;
import dev.mcpreel.replay.bind.Binding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Puts known secrets where a recorded message has their hashes, and notes those that nobody knows. A value that is taken
 * live needs no secret. For one plan.
 */
final class Unmasking {
    private static final int UNKNOWN_ANSWER = -32603;

    private final Secrets secrets;
    private final Map<Lacking, Long> lacking = new LinkedHashMap<>();

    Unmasking(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Whether every hash of the message is bound or known; what is not is noted under the step's name. */
    boolean completes(String step, JsonNode message, List<Binding> bindings) {
        List<Lacking> found = new ArrayList<>();
        for (Map.Entry<JsonPointer, String> leaf : MaskedLeaves.of(message).entrySet()) {
            String text = unbound(leaf.getKey(), leaf.getValue(), bindings);
            found.addAll(unknown(text, Lacking.Place.MESSAGE, step + " " + leaf.getKey()));
        }
        found.addAll(lackingNames(message, Lacking.Place.MESSAGE, step));
        found.forEach(this::note);
        return found.isEmpty();
    }

    /** The script with every known secret in its place. */
    Script live(Script script) {
        return script.with(
                script.steps().stream().map(this::live).toList(),
                script.answers().stream().map(this::live).toList());
    }

    private Step live(Step step) {
        JsonNode message = step.message();
        Map<JsonPointer, String> leaves = message == null ? Map.of() : MaskedLeaves.of(message);
        boolean named = message != null && !MaskedLeaves.names(message).isEmpty();
        if (message == null || (!named && leaves.isEmpty()) || !step.played()) {
            return step;
        }
        JsonNode live = message.deepCopy();
        List<Binding> moved = new ArrayList<>(step.bindings());
        leaves.forEach((at, text) -> MaskedLeaves.put(live, at, unmasked(at, text, moved)));
        if (named) {
            moved.replaceAll(this::renamed);
            JsonNode unused = MaskedLeaves.renamed(live, this::inName);
        }
        return step.with(live, moved);
    }

    /** The agent's answer to the server; one with a value that nobody knows becomes an error. */
    private ServerAnswer live(ServerAnswer answer) {
        List<Lacking> found = new ArrayList<>();
        MaskedLeaves.of(answer.body())
                .forEach((at, text) -> found.addAll(unknown(text, Lacking.Place.ANSWER, answer.method() + " " + at)));
        found.addAll(lackingNames(answer.body(), Lacking.Place.ANSWER, answer.method()));
        found.forEach(this::note);
        boolean complete = found.isEmpty();
        JsonNode body = complete ? live(answer.body()) : unknownAnswer();
        return new ServerAnswer(
                answer.method(), answer.during(), answer.error() || !complete, body, answer.answeringNanos());
    }

    private JsonNode live(JsonNode body) {
        JsonNode live = body.deepCopy();
        MaskedLeaves.of(body).forEach((at, text) -> MaskedLeaves.put(live, at, Masks.replace(text, this::known)));
        return MaskedLeaves.renamed(live, this::inName);
    }

    /** Names of members that are not known; no answer gives a name, so nothing is bound to one. */
    private List<Lacking> lackingNames(JsonNode message, Lacking.Place place, String step) {
        List<Lacking> found = new ArrayList<>();
        MaskedLeaves.names(message)
                .forEach((at, names) ->
                        found.addAll(unknown(String.join(" ", names), place, (step + " " + at).strip())));
        return found;
    }

    private String inName(String name) {
        return Masks.replace(name, this::known);
    }

    /** The same place, below members that have their real names. */
    private Binding renamed(Binding binding) {
        String at = Masks.replace(
                binding.consumer().toString(),
                mask -> known(mask).replace("~", "~0").replace("/", "~1"));
        return new Binding(
                JsonPointer.compile(at),
                binding.from(),
                binding.to(),
                binding.producer(),
                binding.source(),
                binding.recorded());
    }

    /** A text with known secrets in place of their hashes, null when one is unknown; those are noted. */
    @Nullable
    String text(String text, Lacking.Place place, String at) {
        List<Lacking> found = unknown(text, place, at);
        found.forEach(this::note);
        return found.isEmpty() ? Masks.replace(text, this::known) : null;
    }

    /** The hashes of a text that nobody knows. */
    private List<Lacking> unknown(String text, Lacking.Place place, String at) {
        return Masks.in(text).stream()
                .filter(mask -> secrets.of(mask) == null)
                .map(mask -> new Lacking(mask, place, at, 0))
                .toList();
    }

    /** What nobody knows: heads first, then in the order it was met. */
    List<Lacking> lacking() {
        return lacking.entrySet().stream()
                .map(entry -> new Lacking(
                        entry.getKey().mask(),
                        entry.getKey().place(),
                        entry.getKey().at(),
                        entry.getValue()))
                .sorted(Comparator.comparing(Lacking::place))
                .toList();
    }

    private void note(Lacking one) {
        lacking.merge(one, 1L, Long::sum);
    }

    private static JsonNode unknownAnswer() {
        return Json.mapper()
                .createObjectNode()
                .put("code", UNKNOWN_ANSWER)
                .put("message", "mcp-reel has only the hash of what the recorded agent answered");
    }

    private String known(String mask) {
        String value = secrets.of(mask);
        return value == null ? mask : value;
    }

    /** A text without what bindings replace. */
    private static String unbound(JsonPointer at, String text, List<Binding> bindings) {
        StringBuilder rest = new StringBuilder(text);
        for (Binding binding : bindings) {
            if (binding.consumer().equals(at)) {
                int to = binding.isPart() ? binding.to() : text.length();
                for (int i = binding.isPart() ? binding.from() : 0; i < to; i++) {
                    rest.setCharAt(i, ' ');
                }
            }
        }
        return rest.toString();
    }

    /** Moves the parts that are bound along with what changes before them. */
    private String unmasked(JsonPointer at, String text, List<Binding> bindings) {
        TreeSet<Integer> cuts = new TreeSet<>();
        boolean whole = false;
        for (Binding binding : bindings) {
            if (binding.consumer().equals(at)) {
                whole |= !binding.isPart();
                if (binding.isPart()) {
                    cuts.add(binding.from());
                    cuts.add(binding.to());
                }
            }
        }
        if (whole) {
            return text;
        }
        StringBuilder live = new StringBuilder();
        Map<Integer, Integer> place = new LinkedHashMap<>();
        int from = 0;
        cuts.add(text.length());
        for (int cut : cuts) {
            String piece = text.substring(from, cut);
            int start = from;
            boolean bound = bindings.stream()
                    .anyMatch(binding -> binding.consumer().equals(at) && binding.isPart() && binding.from() == start);
            live.append(bound ? piece : Masks.replace(piece, this::known));
            place.put(cut, live.length());
            from = cut;
        }
        place.putIfAbsent(0, 0);
        bindings.replaceAll(binding -> binding.consumer().equals(at) ? moved(binding, place) : binding);
        return live.toString();
    }

    private static Binding moved(Binding binding, Map<Integer, Integer> place) {
        return new Binding(
                binding.consumer(),
                place.getOrDefault(binding.from(), binding.from()),
                place.getOrDefault(binding.to(), binding.to()),
                binding.producer(),
                binding.source(),
                binding.recorded());
    }
}
