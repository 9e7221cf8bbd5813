package dev.mcpreel.replay.bind;

import tools.jackson.core.JsonPointer;

/**
 * One value of a request that could come from an answer.
 *
 * @param at from the root of the message
 * @param key the name of the nearest member above it
 * @param number whether it is a JSON number and no string
 */
record Asked(JsonPointer at, String key, boolean number, String text) {}
