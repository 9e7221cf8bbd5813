package dev.mcpreel.captures.redact;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a body says it is, as far as that changes how secrets are looked for. JSON is known by its looks. */
public enum MediaType {
    TEXT,
    FORM,
    /** An event stream. */
    EVENTS,
    /** In a character encoding in which ASCII does not stand for itself: nothing can be found in it. */
    UNREADABLE;

    private static final Set<String> WIDE =
            Set.of("utf-16", "utf-32", "ucs-2", "ucs-4", "utf-7", "ibm", "cp037", "ebcdic");
    private static final int LOOKED_AT = 64;

    /** By the value of a {@code Content-Type}; {@link #TEXT} when there is none. */
    public static MediaType of(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        int charset = type.indexOf("charset=");
        if (charset >= 0) {
            String name = type.substring(charset + 8).replace("\"", "").strip();
            if (WIDE.stream().anyMatch(name::startsWith)) {
                return UNREADABLE;
            }
        }
        if (type.startsWith("text/event-stream")) {
            return EVENTS;
        }
        return type.startsWith("application/x-www-form-urlencoded") ? FORM : TEXT;
    }

    /** Whether these look like characters of two or four bytes, which need not be said in a head. */
    static boolean isWide(byte[] bytes) {
        if (bytes.length >= 2 && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) || isLittleMark(bytes))) {
            return true;
        }
        int pairs = Math.min(LOOKED_AT, bytes.length) / 2;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < pairs; i++) {
            even += bytes[2 * i] == 0 ? 1 : 0;
            odd += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        return pairs >= 2 && Math.max(even, odd) * 4 >= pairs * 3 && even + odd < 2 * pairs;
    }

    private static boolean isLittleMark(byte[] bytes) {
        return bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
    }
}
