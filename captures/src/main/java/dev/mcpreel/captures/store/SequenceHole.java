package dev.mcpreel.captures.store;

/**
 * Records that once were written and are not in the log.
 *
 * @param firstSeq the first one missing
 * @param count how many in a row
 */
public record SequenceHole(long firstSeq, long count) {}
