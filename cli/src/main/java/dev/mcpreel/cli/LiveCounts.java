package dev.mcpreel.cli;

import dev.mcpreel.captures.exchange.BodyPart;
import dev.mcpreel.captures.exchange.CaptureEvent;
import dev.mcpreel.captures.exchange.Direction;
import dev.mcpreel.captures.exchange.ExchangeEnd;
import dev.mcpreel.captures.wire.JsonRpcMessage;
import dev.mcpreel.captures.wire.JsonRpcReader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts what a live line shows while recording. It keeps no session and no message, so it costs the same after a week
 * as after a minute. Written by one thread, read by any.
 */
final class LiveCounts implements Consumer<CaptureEvent> {
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();
    private final AtomicLong bodyBytes = new AtomicLong();

    @Override
    public void accept(CaptureEvent event) {
        if (event instanceof BodyPart part && part.direction() == Direction.REQUEST && part.isWhole()) {
            JsonRpcReader.read(part.content()).forEach(this::count);
        } else if (event instanceof ExchangeEnd end) {
            exchanges.incrementAndGet();
            bodyBytes.addAndGet(end.requestBytes() + end.responseBytes());
        }
    }

    private void count(JsonRpcMessage message) {
        if (message instanceof JsonRpcMessage.Request request) {
            if (request.tool() != null) {
                calls.incrementAndGet();
            } else if (request.method().equals("initialize")) {
                sessions.incrementAndGet();
            }
        }
    }

    /** Handshakes seen: one for each session of the legacy era. */
    long sessions() {
        return sessions.get();
    }

    long calls() {
        return calls.get();
    }

    long exchanges() {
        return exchanges.get();
    }

    long bodyBytes() {
        return bodyBytes.get();
    }
}
