package dev.mcpreel.captures.session;

import dev.mcpreel.captures.wire.JsonRpcMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an exchange says by itself about the agent that sent it. */
final class Affinity {
    private static final int LONGEST = 256;

    /** {@code version-traceid-parentid-flags} (W3C Trace Context, section 3.2). */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private static final List<String> CONVERSATION_HEADERS =
            List.of("X-OpenHands-Conversation-ID", "X-Conversation-Id", "X-Thread-Id", "X-Chat-Id", "Conversation-Id");

    /** Names of the field for a conversation, less their namespace, case and punctuation. */
    private static final Set<String> CONVERSATION_MEMBERS =
            Set.of("conversationid", "threadid", "chatid", "openaisession", "chatsessionid");

    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");

    private Affinity() {}

    /** The conversation the client named of its own accord, or null. */
    static @Nullable String conversation(OpenExchange exchange) {
        for (JsonRpcMessage message : exchange.sent()) {
            for (Map.Entry<String, JsonNode> member : OpenExchange.meta(message).properties()) {
                String value = isConversation(member.getKey()) ? text(member.getValue()) : null;
                if (value != null) {
                    return value;
                }
            }
        }
        for (String name : CONVERSATION_HEADERS) {
            String value = header(exchange, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static boolean isConversation(String member) {
        String plain = PUNCTUATION.matcher(member.toLowerCase(Locale.ROOT)).replaceAll("");
        return CONVERSATION_MEMBERS.stream().anyMatch(plain::endsWith);
    }

    /** The trace it is part of, or null. */
    static @Nullable String trace(OpenExchange exchange) {
        for (JsonRpcMessage message : exchange.sent()) {
            String trace = traceId(text(OpenExchange.meta(message).path("traceparent")));
            if (trace != null) {
                return trace;
            }
        }
        return traceId(header(exchange, "traceparent"));
    }

    private static @Nullable String traceId(@Nullable String traceparent) {
        Matcher matcher = traceparent == null ? null : TRACEPARENT.matcher(traceparent);
        return matcher != null && matcher.matches() ? matcher.group(1) : null;
    }

    /** A header's value, null when it is absent or empty. */
    static @Nullable String header(OpenExchange exchange, String name) {
        String value = exchange.head().headers().first(name);
        return value == null || value.isBlank() ? null : cut(value.strip());
    }

    /** The value of a member of {@code params._meta}, or null. */
    static @Nullable String meta(OpenExchange exchange, String name) {
        for (JsonRpcMessage message : exchange.sent()) {
            String value = text(OpenExchange.meta(message).path(name));
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The path it was sent to, without its query. */
    static String path(OpenExchange exchange) {
        String target = exchange.head().target();
        int query = target.indexOf('?');
        return cut(query < 0 ? target : target.substring(0, query));
    }

    /** The client's token for people to tell apart, or null; the token itself stays out of it. */
    static @Nullable String token(OpenExchange exchange) {
        String value = exchange.head().headers().first("Authorization");
        return value == null || value.isBlank() ? null : "token " + digest(value.strip());
    }

    private static String digest(String value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static @Nullable String text(JsonNode node) {
        boolean scalar = node.isString() || node.isNumber();
        String value = scalar ? node.asString().strip() : "";
        return value.isEmpty() ? null : cut(value);
    }

    private static String cut(String value) {
        return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
    }
}
