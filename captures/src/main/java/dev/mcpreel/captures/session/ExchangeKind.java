package dev.mcpreel.captures.session;

/** What an HTTP exchange is to MCP. */
public enum ExchangeKind {
    /** A POST with JSON-RPC messages of the client. */
    MESSAGES,
    /** A GET that asks for an event stream. */
    STREAM,
    /** A DELETE that ends the transport session. */
    DELETE,
    /** Nothing of MCP: OAuth, well-known paths, anything else. */
    OTHER
}
