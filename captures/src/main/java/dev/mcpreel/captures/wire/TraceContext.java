package dev.mcpreel.captures.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code traceparent}, as a header field or in {@code _meta} (W3C Trace Context, section 3.2). */
public final class TraceContext {
    /** Longer than any known version; a longer text is not looked at. */
    private static final int LONGEST = 512;

    private static final Pattern PARENT =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    private TraceContext() {}

    /** The trace id, 32 lower-case hexadecimal digits; null when the text is no valid traceparent. */
    public static @Nullable String traceId(@Nullable String traceparent) {
        if (traceparent == null || traceparent.length() > LONGEST) {
            return null;
        }
        Matcher parent = PARENT.matcher(traceparent.strip());
        if (!parent.matches()) {
            return null;
        }
        String version = parent.group(1);
        boolean more = parent.group(4) != null;
        boolean known = !version.equals("ff") && !(version.equals("00") && more);
        return known && !isZero(parent.group(2)) && !isZero(parent.group(3)) ? parent.group(2) : null;
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }
}
