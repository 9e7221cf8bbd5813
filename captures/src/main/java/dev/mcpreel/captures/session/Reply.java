package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.EndCause;
import dev.mcpreel.captures.exchange.EndedBy;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import org.jspecify.annotations.Nullable;

/**
 * All that came back for one request, however it ended: what {@link Outcomes} judges.
 *
 * @param status the HTTP status, 0 when no response came
 * @param eventStream whether the response was an event stream
 * @param answer the response with the request's own typed id, or null
 * @param foreignAnswer whether something came that answers no request of this exchange: a response of another id, or what
 *     cannot be read
 * @param text the beginning of the response's body, for a status of 400 or more; otherwise it may be empty
 * @param sessionSent whether the request carried an {@code Mcp-Session-Id}
 */
public record Reply(
        int status,
        boolean eventStream,
        JsonRpcMessage.@Nullable Response answer,
        boolean foreignAnswer,
        String text,
        EndCause cause,
        EndedBy endedBy,
        boolean sessionSent) {
    /** How much of a body {@link #text()} needs to hold, in bytes. */
    public static final int TEXT_BYTES = 2048;
}
