package dev.mcpreel.captures.wire;

import dev.mcpreel.captures.exchange.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON-RPC messages of a body or of an event's data. Tolerant: members may stand in any order, of members of the
 * same name the last counts, a batch is read as its messages (revision 2025-03-26), a byte order mark is skipped, and what
 * is no JSON-RPC message is left out and counted.
 *
 * <p>It never throws for what the bytes are, and what it costs is bounded: at most {@link #MOST_MESSAGES} messages of a
 * batch are kept, a message whose id is over {@link RpcId#LONGEST} or whose method is over {@link #LONGEST_METHOD}
 * characters is unreadable, and so is a text beyond one of the bounds of {@link Json}.
 */
public final class JsonRpcReader {
    /** Messages kept of one batch; servers that took batches refused more than 100. */
    public static final int MOST_MESSAGES = 1_000;

    /** Characters a method may have. */
    public static final int LONGEST_METHOD = 1024;

    private JsonRpcReader() {}

    /** The messages in the order they stand; empty when the bytes hold none. */
    public static List<JsonRpcMessage> read(Bytes body) {
        return body(body).messages();
    }

    /** The messages in the order they stand; empty when the bytes hold none. */
    public static List<JsonRpcMessage> read(byte[] utf8) {
        return body(utf8).messages();
    }

    /** What a body holds; nothing at all when it is empty. */
    public static JsonRpcBody body(Bytes body) {
        return body.isEmpty() ? JsonRpcBody.EMPTY : body(body.toByteArray());
    }

    /**
     * What an event holds. An event without data holds nothing. One of another name than {@code message} is none of JSON-RPC
     * when it cannot be read: clients do not look at it (revisions 2024-11-05 to 2026-07-28, basic/transports). Data that are
     * no UTF-8 are unreadable, although a browser would put replacement characters in (RFC 8259 section 8.1).
     */
    public static JsonRpcBody event(SseEvent event) {
        if (!event.isMessage()) {
            return JsonRpcBody.EMPTY;
        }
        JsonRpcBody read =
                event.malformed() ? JsonRpcBody.UNREADABLE : body(event.data().getBytes(StandardCharsets.UTF_8));
        boolean meant = event.name().equals("message") || !read.messages().isEmpty();
        return meant ? read : JsonRpcBody.EMPTY;
    }

    private static JsonRpcBody body(byte[] utf8) {
        try (JsonParser parser = Json.mapper().createParser(utf8)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return JsonRpcBody.EMPTY;
            }
            return first == JsonToken.START_ARRAY ? batch(parser) : single(parser);
        } catch (JacksonException | NumberFormatException e) {
            // The latter for an exponent of more than 31 bits.
            return JsonRpcBody.UNREADABLE;
        }
    }

    private static JsonRpcBody single(JsonParser parser) {
        JsonRpcMessage message = message(parser.readValueAsTree());
        return message == null || parser.nextToken() != null
                ? JsonRpcBody.UNREADABLE
                : new JsonRpcBody(List.of(message), 0, false);
    }

    private static JsonRpcBody batch(JsonParser parser) {
        List<JsonRpcMessage> messages = new ArrayList<>();
        int unreadable = 0;
        while (messages.size() < MOST_MESSAGES && parser.nextToken() != JsonToken.END_ARRAY) {
            JsonRpcMessage message = message(parser.readValueAsTree());
            if (message == null) {
                unreadable++;
            } else {
                messages.add(message);
            }
        }
        if (messages.size() == MOST_MESSAGES) {
            return new JsonRpcBody(messages, unreadable + skipRest(parser), true);
        }
        return parser.nextToken() == null ? new JsonRpcBody(messages, unreadable, true) : JsonRpcBody.UNREADABLE;
    }

    /** How many values follow in the array; where a bound is met, what follows it counts as one. */
    private static int skipRest(JsonParser parser) {
        int count = 0;
        try {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                count++;
                parser.skipChildren();
            }
        } catch (StreamConstraintsException e) {
            count++;
        }
        return count;
    }

    private static @Nullable JsonRpcMessage message(JsonNode node) {
        JsonNode id = node.path("id");
        if (!node.isObject() || RpcId.isTooLong(id)) {
            return null;
        }
        JsonNode method = node.path("method");
        if (method.isString()) {
            String name = method.stringValue();
            if (name.length() > LONGEST_METHOD) {
                return null;
            }
            return node.has("id")
                    ? new JsonRpcMessage.Request(RpcId.of(id), name, node)
                    : new JsonRpcMessage.Notification(name, node);
        }
        return node.has("result") || node.has("error") ? new JsonRpcMessage.Response(RpcId.of(id), node) : null;
    }
}
