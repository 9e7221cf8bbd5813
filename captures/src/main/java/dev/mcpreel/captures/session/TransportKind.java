package dev.mcpreel.captures.session;

import java.util.Locale;

/** What the protocol gives an exchange to hold on to. */
public enum TransportKind {
    /** Streamable HTTP with an {@code Mcp-Session-Id} (revisions 2025-03-26 to 2025-11-25, basic/transports). */
    STREAMABLE,
    /** HTTP with SSE: one stream, and the endpoint it named (revision 2024-11-05, basic/transports). */
    LEGACY_SSE,
    /** Legacy era, a server that gives no session id. */
    NAMELESS,
    /** Revision 2026-07-28 and later: every request stands for itself. */
    MODERN;

    /** As it stands in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
