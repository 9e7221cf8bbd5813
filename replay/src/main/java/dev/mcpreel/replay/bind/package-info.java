/** Values a response issued and a later request used: found in the capture, bound live. */
@NullMarked
package dev.mcpreel.replay.bind;

import org.jspecify.annotations.NullMarked;
