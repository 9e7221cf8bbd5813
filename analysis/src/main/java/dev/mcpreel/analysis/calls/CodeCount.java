package dev.mcpreel.analysis.calls;

/**
 * How often an error came with one code.
 *
 * @param code a JSON-RPC error code or an HTTP status
 */
public record CodeCount(int code, long count) {}
