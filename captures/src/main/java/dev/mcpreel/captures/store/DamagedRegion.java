package dev.mcpreel.captures.store;

/**
 * Bytes of the log that could not be read.
 *
 * @param file name of the file within the capture, for example {@code log/20261121-10F.cq4}
 * @param offset where the damage begins
 * @param length bytes to the next readable record, or to the last byte that is not zero
 */
public record DamagedRegion(String file, long offset, long length) {}
