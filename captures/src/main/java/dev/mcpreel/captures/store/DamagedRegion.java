package dev.mcpreel.captures.store;

/**
 * Bytes of the log that could not be read.
 *
 * @param file name of the file within the capture, for example {@code log/20261121-10F.cq4}
 * @param offset where the damage begins
 * @param length bytes to the next readable record, or to the last byte that is not zero
 * @param records how many records fell into it, by the sequence numbers around it; {@link #UNKNOWN} when they do not tell
 * @param why what the file system said; empty where it gave bytes that are no record
 */
public record DamagedRegion(String file, long offset, long length, long records, String why) {
    /** Nothing tells how many records there were. */
    public static final long UNKNOWN = -1;

    /** Bytes that are no record, it is not known of how many. */
    public DamagedRegion(String file, long offset, long length) {
        this(file, offset, length, UNKNOWN, "");
    }

    DamagedRegion of(long lost) {
        return new DamagedRegion(file, offset, length, lost, why);
    }
}
