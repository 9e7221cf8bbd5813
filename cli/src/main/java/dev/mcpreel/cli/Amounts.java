package dev.mcpreel.cli;

import dev.mcpreel.analysis.report.Units;

/** Numbers as people read them, spelled as the report spells them. */
final class Amounts {
    private static final double NANOS_PER_MILLI = 1e6;

    private Amounts() {}

    static String bytes(long bytes) {
        return Units.bytes((double) bytes);
    }

    static String duration(long nanos) {
        return Units.millis(nanos / NANOS_PER_MILLI);
    }

    /** For example {@code 1 call}, {@code 3 calls}, {@code 2 copies}. */
    static String count(long number, String one) {
        if (number == 1) {
            return number + " " + one;
        }
        return number + " " + (one.endsWith("y") ? one.substring(0, one.length() - 1) + "ies" : one + "s");
    }
}
