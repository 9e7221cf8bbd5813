/** Traffic of agents whose truth is known, made from a seed, to measure what a reader of captures makes of it. */
@NullMarked
package dev.mcpreel.captures.testkit.sim;

import org.jspecify.annotations.NullMarked;
