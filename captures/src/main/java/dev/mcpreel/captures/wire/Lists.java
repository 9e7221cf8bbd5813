package dev.mcpreel.captures.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what list requests and their answers say of pages and of caching. Pure. */
public final class Lists {
    private Lists() {}

    /** The page a request asks for; null for the first. An empty text is a cursor (2025-11-25, pagination). */
    public static @Nullable String cursor(JsonRpcMessage.Request request) {
        return text(request.node().path("params").path("cursor"));
    }

    /** The cursor of the page that follows; null when this was the last. */
    public static @Nullable String nextCursor(JsonRpcMessage.Response answer) {
        return text(answer.result().path("nextCursor"));
    }

    /**
     * How long and by whom an answer may be kept (2026-07-28, caching: {@code ttlMs}, {@code cacheScope}); null when it says
     * nothing that can be read.
     */
    public static @Nullable CacheHint cacheHint(JsonRpcMessage.Response answer) {
        JsonNode ttl = answer.result().path("ttlMs");
        if (!ttl.isNumber() || !ttl.canConvertToLong() || ttl.longValue() < 0) {
            return null;
        }
        return new CacheHint(
                ttl.longValue(), "public".equals(text(answer.result().path("cacheScope"))));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }
}
