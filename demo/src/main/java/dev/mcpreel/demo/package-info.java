/** A real MCP server and real agents, built on the MCP Java SDK, to record and replay; they know nothing of the product. */
@NullMarked
package dev.mcpreel.demo;

import org.jspecify.annotations.NullMarked;
