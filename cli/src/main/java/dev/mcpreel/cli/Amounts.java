package dev.mcpreel.cli;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {
    private Amounts() {}

    /** For example {@code 812 B}, {@code 3.4 KiB}, {@code 120 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        int unit = -1;
        do {
            value /= 1024;
            unit++;
        } while (value >= 1024 && unit < units.length - 1);
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** For example {@code 1 call}, {@code 3 calls}. */
    static String count(long number, String one) {
        return number + " " + (number == 1 ? one : one + "s");
    }

    /** For example {@code 480µs}, {@code 12.3ms}, {@code 4.2s}, {@code 3m05s}. */
    static String duration(long nanos) {
        double micros = nanos / 1e3;
        if (Math.abs(micros) < 1_000) {
            return String.format(Locale.ROOT, "%.0fµs", micros);
        }
        if (Math.abs(micros) < 1_000_000) {
            return String.format(Locale.ROOT, "%.1fms", micros / 1e3);
        }
        double seconds = micros / 1e6;
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60);
    }
}
