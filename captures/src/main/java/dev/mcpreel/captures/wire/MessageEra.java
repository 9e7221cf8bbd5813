package dev.mcpreel.captures.wire;

/**
 * How a message, or all messages of one exchange, are to be read.
 *
 * @param revision what the message says of it, in its own spelling; of an initialize what it asks for; empty when it says
 *     nothing, or nothing that could be a revision
 * @param contradictory whether the {@code MCP-Protocol-Version} header and the body say different things; the body counts
 */
public record MessageEra(Era era, String revision, boolean contradictory) {}
