package dev.mcpreel.captures.store;

/**
 * What is in the log of a copy.
 *
 * @param recorded exchanges that are there to their end, with nothing lost
 * @param records log records of every kind
 * @param bytes bytes of those records
 * @param steps step records
 */
record CopyTally(long recorded, long records, long bytes, long steps) {}
