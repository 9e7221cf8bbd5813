package dev.mcpreel.captures.tap;

/**
 * The recording as it stands, for a live line.
 *
 * @param seen exchanges seen
 * @param lost exchanges that lost at least one event on the way to the log
 * @param bytesWritten bytes of records handed to the log
 * @param trouble why nothing is being written now; empty when all is well
 */
public record RecorderStatus(long seen, long lost, long bytesWritten, String trouble) {}
