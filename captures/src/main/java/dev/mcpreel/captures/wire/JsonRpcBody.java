package dev.mcpreel.captures.wire;

import java.util.List;

/**
 * What a body, or the data of an event, holds.
 *
 * @param messages the messages that could be read, in the order they stand
 * @param unreadable how many more were meant as JSON-RPC and could not be read: damaged, or over a bound of
 *     {@link JsonRpcReader}; one for a body that could not be read at all
 * @param batch whether it is an array (revision 2025-03-26), of however many messages
 */
public record JsonRpcBody(List<JsonRpcMessage> messages, int unreadable, boolean batch) {
    static final JsonRpcBody EMPTY = new JsonRpcBody(List.of(), 0, false);

    static final JsonRpcBody UNREADABLE = new JsonRpcBody(List.of(), 1, false);

    public JsonRpcBody {
        messages = List.copyOf(messages);
    }
}
