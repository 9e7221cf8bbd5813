package dev.mcpreel.analysis.report;

/** What stands in one place of a {@link Table}; the text is escaped already. */
record Cell(String text, Tone tone) {
    static Cell of(String text) {
        return new Cell(text, Tone.PLAIN);
    }

    static Cell of(long count) {
        return of(Long.toString(count));
    }

    /** Errors stand out; none recede. */
    static Cell errors(long count) {
        return new Cell(Long.toString(count), count > 0 ? Tone.BAD : Tone.QUIET);
    }
}
