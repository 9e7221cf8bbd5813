package dev.mcpreel.captures.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of protocol revisions. They are dates, so their order is that of their text. */
final class Revision {
    static final String FIRST_MODERN = "2026-07-28";

    private static final int LONGEST = 64;
    private static final Pattern DATE = Pattern.compile("\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])");

    /** What unreleased schemas have called themselves. */
    private static final Pattern DRAFT = Pattern.compile("DRAFT-(\\d{4})\\b.*");

    private Revision() {}

    /** The era of a name; null when the name is no date and no draft of a year, and so says nothing. */
    static @Nullable Era era(String name) {
        if (DATE.matcher(name).matches()) {
            return name.compareTo(FIRST_MODERN) >= 0 ? Era.MODERN : Era.LEGACY;
        }
        var draft = DRAFT.matcher(name);
        if (draft.matches()) {
            return draft.group(1).compareTo("2026") >= 0 ? Era.MODERN : Era.LEGACY;
        }
        return null;
    }

    /** The name as it may be shown and compared: of visible ASCII and not long; otherwise empty. */
    static String shown(@Nullable String name) {
        if (name == null || name.length() > LONGEST) {
            return "";
        }
        String stripped = name.strip();
        return stripped.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? stripped : "";
    }
}
