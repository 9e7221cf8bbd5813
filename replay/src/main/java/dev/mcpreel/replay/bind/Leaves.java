package dev.mcpreel.replay.bind;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Walks the strings and numbers of a JSON tree. */
final class Leaves {
    /** Hears each value, its place, the name of the nearest member above it, and whether it is in an array. */
    interface Sink {
        void leaf(JsonPointer at, String key, boolean listed, JsonNode value);
    }

    private Leaves() {}

    static void walk(JsonNode root, JsonPointer at, String key, Sink sink) {
        walk(root, at, key, false, sink);
    }

    private static void walk(JsonNode node, JsonPointer at, String key, boolean listed, Sink sink) {
        if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            walk(member.getValue(), at.appendProperty(member.getKey()), member.getKey(), listed, sink));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                // The blocks of a result are its parts, not a list of like things.
                boolean block = key.equals("content") || key.equals("contents");
                walk(node.get(i), at.appendIndex(i), key, listed || !block, sink);
            }
        } else if (node.isString() || node.isNumber()) {
            sink.leaf(at, key, listed, node);
        }
    }
}
