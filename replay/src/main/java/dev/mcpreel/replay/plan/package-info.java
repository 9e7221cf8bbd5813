/** Recorded agent sessions into a plan of live agents: amplified and scheduled, pure and seeded. */
@NullMarked
package dev.mcpreel.replay.plan;

import org.jspecify.annotations.NullMarked;
