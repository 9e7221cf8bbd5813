package dev.mcpreel.captures.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JSON-RPC id with its type, because {@code "1"} and {@code 1} are different ids (JSON-RPC 2.0 section 4).
 *
 * @param text the id without quotes; a number in its own spelling
 */
public record RpcId(String text, boolean number) {
    /** Characters an id may have. Those of the SDKs have fewer than 50, and every open request holds on to one. */
    public static final int LONGEST = 1024;

    /** Reads an id member; null for an absent one, {@code null}, a type JSON-RPC does not allow, or one too long. */
    public static @Nullable RpcId of(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        boolean number = node.isNumber();
        if (!number && !node.isString()) {
            return null;
        }
        String text = number ? node.asString() : node.stringValue();
        return text.length() > LONGEST ? null : new RpcId(text, number);
    }

    /** Whether it would be an id were it not so long. */
    static boolean isTooLong(JsonNode node) {
        return (node.isString() && node.stringValue().length() > LONGEST)
                || (node.isNumber() && node.asString().length() > LONGEST);
    }

    @Override
    public String toString() {
        return number ? text : '"' + text + '"';
    }
}
