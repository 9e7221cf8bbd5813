/** One agent session played live: a state machine on one event loop. */
@NullMarked
package dev.mcpreel.replay.agent;

import org.jspecify.annotations.NullMarked;
