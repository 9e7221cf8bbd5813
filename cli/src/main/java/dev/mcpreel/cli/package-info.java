/** The command mcp-reel: parses, wires the rooms together, prints, and turns results into exit codes. */
@NullMarked
package dev.mcpreel.cli;

import org.jspecify.annotations.NullMarked;
