package dev.mcpreel.analysis.report;

import dev.mcpreel.analysis.summary.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, in the spelling of k6's summary. */
public final class Units {
    private static final String[] SMALL = {"ns", "µs", "ms"};
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Units() {}

    /** For example {@code 850ns}, {@code 12.3µs}, {@code 45.67ms}, {@code 1.2s}, {@code 1m5s}, {@code 2h3m}. */
    public static String millis(double millis) {
        if (millis < 0) {
            return "-" + millis(-millis);
        }
        if (millis == 0) {
            return "0s";
        }
        double value = millis * 1e6;
        for (String unit : SMALL) {
            if (rounded(value).doubleValue() < 1000) {
                return plain(value) + unit;
            }
            value /= 1000;
        }
        return rounded(value).doubleValue() < 60 ? plain(value) + "s" : clock(Math.round(value));
    }

    /** A duration to three digits, for where exactness would be noise: {@code 45.7ms}, {@code 8m}, {@code 6h}. */
    static String brief(long nanos) {
        BigDecimal value = BigDecimal.valueOf(nanos);
        BigDecimal rounded = Math.abs(nanos) < NANOS_PER_MINUTE ? value.round(new MathContext(3)) : value;
        return millis(rounded.doubleValue() / 1e6).replaceFirst("(?<=[hm])0[ms]$", "");
    }

    private static String clock(long seconds) {
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        return hours > 0 ? hours + "h" + minutes + "m" : minutes + "m" + seconds % 60 + "s";
    }

    /** Powers of 1000, for example {@code 1.5 MB}. */
    public static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (rounded(value).doubleValue() >= 1000 && unit < BYTES.length - 1) {
            value /= 1000;
            unit++;
        }
        return plain(value) + " " + BYTES[unit];
    }

    static String perSecond(double value) {
        return number(value) + "/s";
    }

    /** At most two decimals, but never 0 for what is not. */
    static String number(double value) {
        if (value != 0 && Math.abs(value) < 0.01) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        return plain(value);
    }

    /** Never 0 % for something, nor 100 % for less than all. */
    static String percent(Metric.Rate rate) {
        return percent(rate.passes(), rate.total());
    }

    static String percent(long part, long whole) {
        double percent = 100.0 * part / whole;
        if (part > 0 && percent < 0.01) {
            return "<0.01%";
        }
        if (part < whole && percent > 99.99) {
            return ">99.99%";
        }
        return plain(percent) + "%";
    }

    private static String plain(double value) {
        BigDecimal rounded = rounded(value).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    }
}
