package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.redact.Masks;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Where a message holds a hash in place of a secret: in its strings, and in the names of its members. */
final class MaskedLeaves {
    private MaskedLeaves() {}

    /** By their place, in order. */
    static Map<JsonPointer, String> of(JsonNode root) {
        Map<JsonPointer, String> found = new LinkedHashMap<>();
        collect(root, JsonPointer.empty(), found);
        return found;
    }

    /** The names with a hash in them, by the place of the object that has the member. */
    static Map<JsonPointer, Set<String>> names(JsonNode root) {
        Map<JsonPointer, Set<String>> found = new LinkedHashMap<>();
        collectNames(root, JsonPointer.empty(), found);
        return found;
    }

    /** The same message with other names for its members. */
    static JsonNode renamed(JsonNode node, UnaryOperator<String> change) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, renamed(array.get(i), change));
            }
        } else if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.propertyStream()
                    .forEach(member -> members.put(change.apply(member.getKey()), renamed(member.getValue(), change)));
            object.removeAll();
            object.setAll(members);
        }
        return node;
    }

    static void put(JsonNode root, JsonPointer at, String value) {
        JsonPointer parent = at.head();
        JsonNode holder = parent == null ? root : root.at(parent);
        if (holder instanceof ObjectNode object) {
            object.set(at.last().getMatchingProperty(), StringNode.valueOf(value));
        } else if (holder instanceof ArrayNode array && at.last().getMatchingIndex() >= 0) {
            array.set(at.last().getMatchingIndex(), StringNode.valueOf(value));
        }
    }

    private static void collect(JsonNode node, JsonPointer at, Map<JsonPointer, String> found) {
        if (node.isString()) {
            if (!Masks.in(node.stringValue()).isEmpty()) {
                found.put(at, node.stringValue());
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), at.appendIndex(i), found);
            }
        } else if (node.isObject()) {
            node.propertyStream().forEach(entry -> collect(entry.getValue(), at.appendProperty(entry.getKey()), found));
        }
    }

    private static void collectNames(JsonNode node, JsonPointer at, Map<JsonPointer, Set<String>> found) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectNames(node.get(i), at.appendIndex(i), found);
            }
        } else if (node.isObject()) {
            node.propertyStream().forEach(member -> {
                if (!Masks.in(member.getKey()).isEmpty()) {
                    found.computeIfAbsent(at, unused -> new LinkedHashSet<>()).add(member.getKey());
                }
                collectNames(member.getValue(), at.appendProperty(member.getKey()), found);
            });
        }
    }
}
