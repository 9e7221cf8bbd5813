package dev.mcpreel.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as people type them: {@code 500M}, {@code 10G}, {@code 1.5T}; a K is 1024 bytes. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgt])(?:ib|b)?");
    private static final Map<String, BigDecimal> BYTES = Map.of(
            "k", BigDecimal.valueOf(1L << 10),
            "m", BigDecimal.valueOf(1L << 20),
            "g", BigDecimal.valueOf(1L << 30),
            "t", BigDecimal.valueOf(1L << 40));
    /** More than any disk has. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 60);

    private Sizes() {}

    /** Bytes; the option is named in the complaint. */
    static long bytes(String option, String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BYTES.getOrDefault(matcher.group(2), MOST));
            if (bytes.compareTo(MOST) <= 0) {
                return bytes.longValue();
            }
        }
        throw CommandFailure.usage(option + " " + text + " is no size: write it like 500M or 10G");
    }
}
