package dev.mcpreel.replay.bind;

/**
 * One value, or text with values in it, of an answer.
 *
 * @param turn the position of the turn that issued it
 * @param place where the answer holds it
 * @param key the name of the nearest member above it
 * @param listed whether it is one of many: what stands at its place next time may be another
 * @param order its position in the answer, the preferred parts first
 */
record Issued(int turn, Source.Leaf place, String key, boolean listed, int order, String text) {}
