/** Runs the plan, records it, and judges whether the run is valid; can be stopped with a reason. */
@NullMarked
package dev.mcpreel.replay.rig;

import org.jspecify.annotations.NullMarked;
