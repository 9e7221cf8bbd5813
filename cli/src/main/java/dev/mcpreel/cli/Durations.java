package dev.mcpreel.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people type them: {@code 500ms}, {@code 60s}, {@code 1.5m}, {@code 2h}, {@code 7d}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ms", BigDecimal.valueOf(1_000_000L),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L),
            "d", BigDecimal.valueOf(24 * 3_600_000_000_000L));
    private static final BigDecimal MOST = BigDecimal.valueOf(365L * 24 * 3_600_000_000_000L);

    private Durations() {}

    /** Nanoseconds, above 0 and at most a year; the option is named in the complaint. */
    static long nanos(String option, String text) {
        long nanos = nanosOrZero(option, text);
        if (nanos == 0) {
            throw wrong(option, text);
        }
        return nanos;
    }

    /** As {@link #nanos}, and 0 is allowed. */
    static long nanosOrZero(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(NANOS.getOrDefault(matcher.group(2), MOST));
            if ((nanos.signum() == 0 || nanos.compareTo(BigDecimal.ONE) >= 0) && nanos.compareTo(MOST) <= 0) {
                return nanos.longValue();
            }
        }
        throw wrong(option, text);
    }

    private static CommandFailure wrong(String option, String text) {
        return CommandFailure.usage(option + " " + text + " is no duration: write it like 500ms, 60s, 5m, 1h or 7d");
    }
}
