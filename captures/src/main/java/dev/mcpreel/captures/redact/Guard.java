package dev.mcpreel.captures.redact;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What must not be remembered as a secret, because looking for it everywhere would tear messages apart. */
final class Guard {
    private static final int LEAST_DIFFERENT = 4;

    /** Words of the protocols that somebody may have as a password, or a placeholder says. */
    private static final Set<String> WORDS = Set.of(
            "password",
            "undefined",
            "username",
            "redacted",
            "redacted:",
            "initialize",
            "initialized",
            "notifications/initialized",
            "tools/call",
            "tools/list",
            "prompts/get",
            "prompts/list",
            "resources/read",
            "resources/list",
            "jsonrpc\":",
            "protocolVersion",
            "capabilities",
            "clientInfo",
            "serverInfo",
            "arguments",
            "structuredContent",
            "application/json",
            "text/event-stream",
            "text/plain",
            "keep-alive",
            "no-cache",
            "no-store",
            "localhost",
            "127.0.0.1",
            "https://",
            "HTTP/1.1");

    private Guard() {}

    static boolean mayBeLearnt(byte[] value) {
        return value.length >= KnownSecrets.LEAST_BYTES
                && value.length <= KnownSecrets.MOST_BYTES
                && !SecretHash.isMask(value, 0, value.length)
                && differsInside(value)
                && beginsAndEndsWithCharacters(value)
                && !WORDS.contains(new String(value, StandardCharsets.ISO_8859_1));
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
