package dev.mcpreel.replay.bind;

import dev.mcpreel.captures.wire.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Puts live values where the recording had its own. Stateless. */
public final class Binder {
    /** A live number longer than this stays a string: no id is that long, and parsing it costs the square of its length. */
    private static final int MAX_DIGITS = 40;

    private Binder() {}

    /** The live value at the source; empty when the result holds no string, number or boolean there. */
    public static Optional<JsonNode> resolve(Source source, JsonNode result) {
        if (source instanceof Source.TextPattern pattern) {
            return leaf(pattern.in(), result)
                    .filter(JsonNode::isString)
                    .map(text -> PatternMatcher.find(pattern.pattern(), text.stringValue()))
                    .map(StringNode::valueOf);
        }
        return leaf((Source.Leaf) source, result);
    }

    /**
     * The recorded message with every bound value replaced. A number stays a number and a string a string where the live
     * value can be written so. The recorded message is not changed.
     */
    public static Bound apply(JsonNode recorded, List<Binding> bindings, Results results) {
        if (bindings.isEmpty()) {
            return new Bound(recorded, List.of());
        }
        JsonNode message = recorded.deepCopy();
        List<Binding> missing = new ArrayList<>();
        List<Binding> backwards = new ArrayList<>(bindings);
        // From the back, so that the positions of the parts before stay true.
        backwards.sort(Comparator.comparingInt(Binding::from).reversed());
        for (Binding binding : backwards) {
            JsonNode result = results.of(binding.producer());
            Optional<JsonNode> live = result == null ? Optional.empty() : resolve(binding.source(), result);
            if (live.isEmpty() || !put(message, binding, live.get())) {
                missing.add(binding);
            }
        }
        return new Bound(message, missing);
    }

    private static Optional<JsonNode> leaf(Source.Leaf leaf, JsonNode result) {
        Optional<JsonNode> found;
        if (leaf instanceof Source.Pointer pointer) {
            found = Optional.of(result.at(pointer.at()));
        } else {
            Source.TextPointer text = (Source.TextPointer) leaf;
            JsonNode holder = result.at(text.text());
            found = holder.isString()
                    ? Json.parse(holder.stringValue()).map(document -> document.at(text.at()))
                    : Optional.empty();
        }
        return found.filter(node -> node.isString() || node.isNumber() || node.isBoolean());
    }

    private static boolean put(JsonNode message, Binding binding, JsonNode live) {
        JsonPointer at = binding.consumer();
        JsonPointer parent = at.head();
        if (parent == null) {
            return false;
        }
        JsonNode now = message.at(at);
        JsonNode value = binding.isPart() ? part(now, binding, live) : whole(now, live);
        if (value == null) {
            return false;
        }
        JsonNode holder = message.at(parent);
        if (holder instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), value);
            return true;
        }
        if (holder instanceof ArrayNode array && at.last().getMatchingIndex() >= 0) {
            array.set(at.last().getMatchingIndex(), value);
            return true;
        }
        return false;
    }

    private static @Nullable JsonNode part(JsonNode now, Binding binding, JsonNode live) {
        if (!now.isString() || now.stringValue().length() < binding.to()) {
            return null;
        }
        String text = now.stringValue();
        return StringNode.valueOf(text.substring(0, binding.from()) + live.asString() + text.substring(binding.to()));
    }

    private static JsonNode whole(JsonNode now, JsonNode live) {
        if (now.isString() && !live.isString()) {
            return StringNode.valueOf(live.asString());
        }
        if (now.isNumber() && live.isString() && isInteger(live.stringValue())) {
            return BigIntegerNode.valueOf(new BigInteger(live.stringValue()));
        }
        return live;
    }

    private static boolean isInteger(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
