package dev.mcpreel.captures.exchange;

import java.util.Locale;

/** What became of a request; a request has exactly one. The order is the order of the codes in the log. */
public enum Outcome {
    /** Answered with a result. */
    OK,
    /** Answered with a result that has {@code isError: true}. */
    TOOL_ERROR,
    /** Answered with a JSON-RPC error. */
    RPC_ERROR,
    /** Refused with an HTTP status of 400 or more and no JSON-RPC error in the body. */
    HTTP_ERROR,
    /** The server no longer knew the session: 404, or 400 with a session message. */
    SESSION_LOST,
    /** 502, 503, 504 or 408: a gateway answered in place of the server. */
    GATEWAY_TIMEOUT,
    /** The client gave up waiting. */
    DEADLINE,
    /** The client cancelled it. */
    CANCELLED,
    /** The response ended without the answer. */
    STREAM_CUT,
    /** No connection could be made. */
    CONNECT_FAILED,
    /** The connection was reset. */
    RESET,
    /** The answer could not be read, or answered something else. */
    INVALID,
    /** The run or the recording ended first. */
    INTERRUPTED,
    /** Never sent: a replay had no value for something it needs, or may not play it. */
    SKIPPED,
    /** Verifying: the answer differs from the recorded one. */
    MISMATCH,
    /** Verifying: the answer held another agent's data. */
    LEAKED;

    /** The name as reports print it, for example {@code tool_error}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the server was asked and failed the agent. Steps never sent and runs that ended first are not. */
    public boolean isError() {
        return this != OK && this != INTERRUPTED && this != SKIPPED && this != CANCELLED;
    }
}
