package dev.mcpreel.captures.store;

/**
 * What retention did since a writer began, and what it could not do.
 *
 * @param files log files removed, of captures removed whole too
 * @param bytes what they had taken of the disk
 * @param captures captures removed whole
 * @param overBytes by how much the store is larger than it may be, because what is left is being read or written
 * @param trouble why something could not be removed; empty when all went well
 */
public record RetentionStatus(long files, long bytes, long captures, long overBytes, String trouble) {
    public static final RetentionStatus NOTHING = new RetentionStatus(0, 0, 0, 0, "");
}
