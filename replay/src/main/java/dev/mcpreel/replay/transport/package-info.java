/** Speaks each MCP transport to the target, over connections that belong to one agent alone. */
@NullMarked
package dev.mcpreel.replay.transport;

import org.jspecify.annotations.NullMarked;
