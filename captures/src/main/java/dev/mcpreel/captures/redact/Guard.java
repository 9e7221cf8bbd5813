package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What must not be remembered as a secret, because looking for it everywhere would tear messages apart. */
final class Guard {
    /** From this length on nothing is found by chance. Shorter values are learnt and found with more care. */
    static final int LONG = 16;

    private static final int LEAST_DIFFERENT = 4;

    /** What messages are made of: a part of it may be somebody's password or cookie all the same. */
    private static final String VOCABULARY = String.join(
            "\n",
            List.of(
                    "password username undefined placeholder redacted: localhost 127.0.0.1 http://localhost https://",
                    "initialize notifications/initialized notifications/cancelled notifications/progress notifications/message",
                    "notifications/tools/list_changed notifications/prompts/list_changed notifications/resources/list_changed",
                    "notifications/resources/updated notifications/roots/list_changed notifications/elicitation/complete",
                    "tools/call tools/list prompts/get prompts/list resources/read resources/list resources/templates/list",
                    "resources/subscribe resources/unsubscribe subscriptions/listen completion/complete logging/setLevel",
                    "sampling/createMessage elicitation/create server/discover tasks/result tasks/cancel",
                    "\"jsonrpc\":\"2.0\" protocolVersion capabilities clientInfo serverInfo instructions listChanged",
                    "arguments structuredContent inputSchema outputSchema annotations readOnlyHint destructiveHint",
                    "idempotentHint openWorldHint description properties required additionalProperties progressToken",
                    "completions maxTokens stopReason experimental modelPreferences systemPrompt includeContext resourceTemplates",
                    "elicitation sampling resources completion subscribe contents messages isError _meta progress",
                    "2024-11-05 2025-03-26 2025-06-18 2025-11-25 2026-07-28",
                    "nextCursor mimeType resource_link requestState inputRequests inputResponses assistant",
                    "application/json text/event-stream application/x-www-form-urlencoded text/plain; charset=utf-8",
                    "keep-alive no-cache no-store no-transform max-age=0 chunked HTTP/1.1 200 OK 202 Accepted",
                    "Content-Type Content-Length Mcp-Session-Id Mcp-Protocol-Version Authorization Transfer-Encoding",
                    "access_token refresh_token grant_type authorization_code client_secret client_id token_type"));

    private Guard() {}

    /** Whether to look for it everywhere; a person who tells a secret may have chosen a word. */
    static boolean mayBeLearnt(byte[] value, boolean told) {
        return value.length >= KnownSecrets.LEAST_BYTES
                && value.length <= KnownSecrets.MOST_BYTES
                && !SecretHash.isMask(value, 0, value.length)
                && differsInside(value)
                && (told || !isWord(value))
                && beginsAndEndsWithCharacters(value)
                && !VOCABULARY.contains(new String(value, StandardCharsets.ISO_8859_1));
    }

    /**
     * Whether it is short and looks like a word, or like words with marks between them: no digit, no capital behind a small letter,
     * nothing that names are not made of. Of a cookie {@code ui=dashboard} or a secret called {@code get_weather} every page speaks.
     */
    private static boolean isWord(byte[] value) {
        if (value.length >= LONG) {
            return false;
        }
        for (int i = 0; i < value.length; i++) {
            byte b = value[i];
            boolean small = b >= 'a' && b <= 'z';
            boolean capital = b >= 'A' && b <= 'Z';
            boolean mark = b == '_' || b == '-' || b == '.' || b == '/' || b == ':' || b == ' ';
            boolean mixed = capital && i > 0 && value[i - 1] >= 'a' && value[i - 1] <= 'z';
            if (mixed || !(small || capital || mark)) {
                return false;
            }
        }
        return true;
    }

    private static boolean differsInside(byte[] value) {
        boolean[] seen = new boolean[256];
        int different = 0;
        for (byte b : value) {
            int at = b & 0xFF;
            different += seen[at] ? 0 : 1;
            seen[at] = true;
            if (different >= LEAST_DIFFERENT) {
                return true;
            }
        }
        return false;
    }

    /** No half character of UTF-8 at either end: cutting it out would leave the other half. */
    private static boolean beginsAndEndsWithCharacters(byte[] value) {
        if ((value[0] & 0xC0) == 0x80) {
            return false;
        }
        int last = value.length - 1;
        int back = 0;
        while (back < 3 && last - back > 0 && (value[last - back] & 0xC0) == 0x80) {
            back++;
        }
        int lead = value[last - back] & 0xFF;
        int wanted = lead < 0x80 ? 0 : lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        return back == wanted;
    }
}
