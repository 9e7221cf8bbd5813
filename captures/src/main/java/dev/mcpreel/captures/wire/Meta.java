package dev.mcpreel.captures.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads what messages carry in {@code _meta}, and the few ids beside it that tie messages together. Tolerant and pure. */
public final class Meta {
    /** The revision a request speaks (2026-07-28, basic, section {@code _meta}). */
    public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

    private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

    /** What hosts are known to send, the most telling first: VS Code, Codex, ChatGPT. */
    private static final List<String> KNOWN_CONVERSATIONS =
            List.of("vscode.conversationId", "threadId", "openai/session");

    /** Last words of keys that name a conversation, in small letters without separators. */
    private static final Set<String> CONVERSATION_WORDS =
            Set.of("conversationid", "conversation", "threadid", "chatid", "chatsessionid");

    private Meta() {}

    /** The {@code _meta} of the params of a request or notification, or of the result of a response; may be missing. */
    public static JsonNode of(JsonRpcMessage message) {
        JsonNode meta = body(message).path("_meta");
        return meta.isObject() ? meta : MissingNode.getInstance();
    }

    /** The token a request wants its progress told under; null when it wants none (2024-11-05 and later, progress). */
    public static @Nullable RpcId progressToken(JsonRpcMessage.Request request) {
        return RpcId.of(of(request).get("progressToken"));
    }

    /** The token of a {@code notifications/progress}, null for everything else. */
    public static @Nullable RpcId progressToken(JsonRpcMessage.Notification told) {
        return told.method().equals("notifications/progress")
                ? RpcId.of(body(told).get("progressToken"))
                : null;
    }

    /** The request that a {@code notifications/cancelled} cancels, null for everything else (all revisions, cancellation). */
    public static @Nullable RpcId cancelledRequest(JsonRpcMessage.Notification told) {
        return told.method().equals("notifications/cancelled")
                ? RpcId.of(body(told).get("requestId"))
                : null;
    }

    /** The id of the {@code subscriptions/listen} request that a message belongs to (2026-07-28, subscriptions); or null. */
    public static @Nullable RpcId subscriptionId(JsonRpcMessage message) {
        return RpcId.of(of(message).get(SUBSCRIPTION_ID));
    }

    /** The trace id of {@code traceparent} in {@code _meta} (2026-07-28, basic, trace context); null unless it is valid. */
    public static @Nullable String traceId(JsonRpcMessage message) {
        JsonNode parent = of(message).path("traceparent");
        return parent.isString() ? TraceContext.traceId(parent.stringValue()) : null;
    }

    /**
     * The conversation a request belongs to, by the keys hosts are known to use ({@code vscode.conversationId} of VS Code,
     * {@code threadId} of Codex, {@code openai/session} of ChatGPT), else by the first key whose last word says so, such as
     * {@code com.example/conversation-id}; null when none does. No revision defines any of them.
     */
    public static @Nullable ConversationId conversation(JsonRpcMessage message) {
        JsonNode meta = of(message);
        for (String key : KNOWN_CONVERSATIONS) {
            ConversationId known = conversation(key, meta.get(key));
            if (known != null) {
                return known;
            }
        }
        for (Map.Entry<String, JsonNode> member : meta.properties()) {
            ConversationId found =
                    namesConversation(member.getKey()) ? conversation(member.getKey(), member.getValue()) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A member of {@code _meta} as text, for keys an operator names; null when it is no text, no number, empty or too long. */
    public static @Nullable String value(JsonRpcMessage message, String key) {
        RpcId value = RpcId.of(of(message).get(key));
        return value == null || value.text().isEmpty() ? null : value.text();
    }

    /** What stands beside {@code _meta}: the params, the result; missing for an error. */
    static JsonNode body(JsonRpcMessage message) {
        return message instanceof JsonRpcMessage.Response answer
                ? answer.result()
                : message.node().path("params");
    }

    private static @Nullable ConversationId conversation(String key, @Nullable JsonNode value) {
        RpcId id = RpcId.of(value);
        return id == null || id.text().isBlank() ? null : new ConversationId(key, id.text());
    }

    private static boolean namesConversation(String key) {
        if (key.length() > 256) {
            return false;
        }
        int from = Math.max(key.lastIndexOf('/'), key.lastIndexOf('.')) + 1;
        String word = key.substring(from).replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
        return CONVERSATION_WORDS.contains(word);
    }
}
