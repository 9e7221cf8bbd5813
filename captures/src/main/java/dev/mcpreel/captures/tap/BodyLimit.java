package dev.mcpreel.captures.tap;

import dev.mcpreel.captures.exchange.Headers;

/** Whether the bytes of a body are worth copying off the event loop: those of one that is kept as its length are not. */
enum BodyLimit {
    /** An event stream: each of its events is a message of its own. */
    NONE,
    /** One message, of which nothing is kept when it grows too long. */
    MESSAGE,
    /** Announced as too long. */
    EXCEEDED;

    static BodyLimit ofRequest(Headers headers) {
        String announced = headers.first("Content-Length");
        return announced != null && isOverCap(announced.strip()) ? EXCEEDED : MESSAGE;
    }

    static BodyLimit ofResponse(Headers headers) {
        return ExchangeAssembly.isEventStream(headers) ? NONE : ofRequest(headers);
    }

    /** @param bytesSoFar of the body, those in question included */
    boolean keeps(long bytesSoFar) {
        return switch (this) {
            case NONE -> true;
            case MESSAGE -> bytesSoFar <= BodyAssembly.MESSAGE_CAP_BYTES;
            case EXCEEDED -> false;
        };
    }

    private static boolean isOverCap(String length) {
        try {
            return Long.parseLong(length) > BodyAssembly.MESSAGE_CAP_BYTES;
        } catch (NumberFormatException e) {
            // The relay refuses such a message; here it only must not hurt.
            return false;
        }
    }
}
