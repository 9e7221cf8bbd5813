/**
 * An MCP-like server and an open-loop generator that checks every answer, to run a recorder between them for a long
 * time. Each of the two keeps to one event loop.
 */
@NullMarked
package dev.mcpreel.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
