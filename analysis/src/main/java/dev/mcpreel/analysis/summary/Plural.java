package dev.mcpreel.analysis.summary;

/** Counted things in words. */
public final class Plural {
    private Plural() {}

    /** For example {@code 1 record}, {@code 2 records}. */
    public static String of(long count, String one) {
        return of(count, one, one + "s");
    }

    /** For nouns that take more than an s. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** For example {@code 1 record is}, {@code 2 records are}. */
    static String are(long count, String one) {
        return of(count, one) + " " + verb(count);
    }

    static String verb(long count) {
        return count == 1 ? "is" : "are";
    }
}
