package dev.mcpreel.captures.session;

import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.wire.JsonRpcMessage;

/**
 * A JSON-RPC message and when it was complete on the wire.
 *
 * @param atNanos when its last byte was seen: the end of its body, or the blank line that ended its event
 */
public record TimedMessage(JsonRpcMessage message, Direction direction, long atNanos) {}
