package dev.mcpreel.captures.store;

/**
 * What retention removed from the beginning of a capture. It stands in the manifest before it is removed, so records below
 * {@code beforeSeq} that are still there are to be taken as gone. The counts of the manifest are those of what was recorded.
 *
 * @param files files of the log
 * @param records records that could be read in them
 * @param bytes bytes of those records
 * @param exchanges exchanges whose end was among them
 * @param whole those of the exchanges that were recorded whole
 * @param beforeSeq the first sequence number that was not removed
 * @param until ISO 8601 instant, when the newest record that was removed was written
 */
public record Removed(long files, long records, long bytes, long exchanges, long whole, long beforeSeq, String until) {
    /** Nothing. */
    static final Removed NONE = new Removed(0, 0, 0, 0, 0, 0, "");

    /** More records than any capture has, and a number every reader of JSON can hold. */
    private static final long EVERY_SEQ = (1L << 53) - 1;

    /** One clause without a full stop. */
    public String inWords() {
        return "the oldest " + records + (records == 1 ? " record" : " records") + " (until "
                + until.replaceFirst("\\.\\d+Z$", "Z") + ") were removed by retention";
    }

    /** Records that are gone, those too that were damaged and so could not be counted. */
    long gone() {
        return beforeSeq == EVERY_SEQ ? records : Math.max(records, beforeSeq);
    }

    /** Whether some of them could not be read, so that nobody knows what exchanges and bytes they were. */
    boolean isInDoubt() {
        return records < gone();
    }

    /**
     * With one file more.
     *
     * @param nextSeq the number that the file behind it begins with; what is damaged at the end of this one goes with it
     */
    static Removed plus(Removed before, FileTally file, long nextSeq) {
        boolean read = file.records() > 0;
        return new Removed(
                before.files + 1,
                before.records + file.records(),
                before.bytes + file.bytes(),
                before.exchanges + file.exchanges(),
                before.whole + file.whole(),
                Math.max(before.beforeSeq, Math.max(nextSeq, file.lastSeq() + 1)),
                read ? RunFolder.isoInstant(file.newestWallNanos()) : before.until);
    }

    /** All of a capture. */
    static Removed all(Manifest manifest, long files) {
        Counts counts = manifest.counts();
        String ended = manifest.endedAt();
        return new Removed(
                before(manifest).files + files,
                counts.records(),
                counts.bytes(),
                counts.recorded(),
                counts.recorded(),
                EVERY_SEQ,
                ended == null ? manifest.startedAt() : ended);
    }

    /** Of a copy whose numbers begin at 0. */
    Removed renumbered() {
        return new Removed(files, records, bytes, exchanges, whole, 0, until);
    }

    /** What a manifest says was removed so far. */
    static Removed before(Manifest manifest) {
        Removed removed = manifest.removed();
        return removed == null ? new Removed(0, 0, 0, 0, 0, 0, manifest.startedAt()) : removed;
    }
}
