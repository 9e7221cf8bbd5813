package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What must not be remembered as a secret, because looking for it everywhere would tear messages apart. */
final class Guard {
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
                    "nextCursor mimeType resource_link requestState inputRequests inputResponses assistant",
                    "application/json text/event-stream application/x-www-form-urlencoded text/plain; charset=utf-8",
                    "keep-alive no-cache no-store no-transform max-age=0 chunked HTTP/1.1 200 OK 202 Accepted",
                    "Content-Type Content-Length Mcp-Session-Id Mcp-Protocol-Version Authorization Transfer-Encoding",
                    "access_token refresh_token grant_type authorization_code client_secret client_id token_type"));

    private Guard() {}

    static boolean mayBeLearnt(byte[] value) {
        return value.length >= KnownSecrets.LEAST_BYTES
                && value.length <= KnownSecrets.MOST_BYTES
                && !SecretHash.isMask(value, 0, value.length)
                && differsInside(value)
                && beginsAndEndsWithCharacters(value)
                && !VOCABULARY.contains(new String(value, StandardCharsets.ISO_8859_1));
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
