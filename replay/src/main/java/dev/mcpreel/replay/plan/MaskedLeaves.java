package dev.mcpreel.replay.plan;

import dev.mcpreel.captures.redact.Masks;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The strings of a message that hold a hash in place of a secret. */
final class MaskedLeaves {
    private MaskedLeaves() {}

    /** By their place, in order. */
    static Map<JsonPointer, String> of(JsonNode root) {
        Map<JsonPointer, String> found = new LinkedHashMap<>();
        collect(root, JsonPointer.empty(), found);
        return found;
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
}
