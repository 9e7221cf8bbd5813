package dev.mcpreel.captures.wire;

/** The two ways MCP is spoken (revision 2026-07-28, basic/versioning). */
public enum Era {
    /** Up to 2025-11-25: an initialize handshake, and sessions. */
    LEGACY,
    /** From 2026-07-28 on: no handshake, every request says in its {@code _meta} what it needs. */
    MODERN
}
