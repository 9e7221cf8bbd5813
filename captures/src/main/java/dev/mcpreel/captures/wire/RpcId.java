package dev.mcpreel.captures.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON-RPC id with its type, because {@code "1"} and {@code 1} are different ids (JSON-RPC 2.0 section 4).
 *
 * @param text the id without quotes; a number in its own spelling
 */
public record RpcId(String text, boolean number) {
    /** Reads an id member; null for an absent one, {@code null}, or a type JSON-RPC does not allow. */
    public static @Nullable RpcId of(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isString()) {
            return new RpcId(node.stringValue(), false);
        }
        return node.isNumber() ? new RpcId(node.asString(), true) : null;
    }

    @Override
    public String toString() {
        return number ? text : '"' + text + '"';
    }
}
