package dev.mcpreel.replay.transport;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.exchange.Headers;
import dev.mcpreel.captures.wire.JsonRpcMessage;

/**
 * Hears what comes back on one exchange. Every method is called on the agent's event loop, never from inside the call
 * that began the exchange, and never after {@link Exchange#cancel}. Times are monotonic nanoseconds.
 */
public interface ExchangeListener {
    /** The final response's head came. */
    void head(int status, Headers headers, long nanos);

    /**
     * A JSON-RPC message is complete: at the blank line that ends its SSE event, or at the end of the JSON body
     * (Streamable HTTP, revision 2025-06-18, transports section "Sending Messages to the Server").
     */
    void message(JsonRpcMessage message, long nanos);

    /**
     * The exchange is over; called once.
     *
     * @param detail one line for people, may be empty
     */
    void closed(EndCause cause, EndedBy endedBy, String detail, long nanos);
}
